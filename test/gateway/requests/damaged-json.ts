/** Mistakes in the text of a body. */
import type { Choice } from "../messages/choice.js";
import { texts } from "./texts.js";

/** The text with one mistake. */
export function damageJson(choice: Choice, text: string): string {
  const at = choice.below(text.length + 1);
  const before = text.slice(0, at);
  const after = text.slice(at);
  const { inserted, trailing, leading } = texts.json;
  return choice.pick([
    before,
    before + after.slice(1),
    before + choice.pick(inserted) + after,
    before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2),
    before + choice.pick(inserted) + after.slice(1),
    text + choice.pick(trailing),
    choice.pick(leading) + text,
    text.replace(/}$/, ",}"),
    text + text,
    text.replaceAll('"', "'"),
    text.replace(/"(\w+)":/, "$1:"),
    text.toUpperCase(),
  ]);
}
