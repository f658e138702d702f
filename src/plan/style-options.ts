/** The message style of a service, as the plan has it. */
import { compareText } from "../diagnostics.js";

/**
 * The options of a message style. The emitter of the language knows what they mean (`emit/message-style.ts`); the plan tells styles apart, and
 * passes them on.
 */
export type StyleOptions = Readonly<Record<string, string | boolean>>;

/** A text that equal styles share. */
export function styleKey(style: StyleOptions): string {
  const options = Object.entries(style).sort(([a], [b]) => compareText(a, b));
  return options.map(([option, value]) => `${option} ${value}`).join();
}
