/** Paths of a binding, as clients write them, and mistakes. */
import type { DescField, ScalarType } from "@bufbuild/protobuf";
import type { Choice } from "../messages/choice.js";
import { randomText } from "../messages/random-values.js";
import { type Binding, fieldAt } from "./api.js";
import type { Mistakes } from "./json-scalar.js";
import { enumText, scalarText, wellKnownText } from "./query-text.js";
import type { TemplatePart } from "./template.js";
import { texts } from "./texts.js";

/** A path that the binding's template matches, most of the time. */
export function pathText(mistakes: Mistakes, binding: Binding): string {
  const { choice, odd } = mistakes;
  const path = `/${binding.parts.flatMap((part) => segments(mistakes, binding, part)).join("/")}${verbText(mistakes, binding)}`;
  return choice.chance(odd * 0.35) ? damagePath(choice, path) : path;
}

function verbText({ choice, odd }: Mistakes, { verb }: Binding): string {
  if (verb === "") return "";
  return `:${choice.chance(odd * 0.1) ? choice.pick(["nope", "", verb.toUpperCase(), `${verb}:x`]) : verb}`;
}

function segments(mistakes: Mistakes, binding: Binding, part: TemplatePart): string[] {
  if (part.kind === "literal") return [literal(mistakes, part.text)];
  const field = part.path === "" ? undefined : fieldAt(binding.input, part.path);
  const isWhole = part.pattern.length === 1;
  return part.pattern.flatMap((piece) => {
    switch (piece) {
      case "**":
        return manySegments(mistakes, isWhole ? field : undefined);
      case "*":
        return [encodePath(mistakes, isWhole ? variableText(mistakes, field) : anyText(mistakes.choice))];
      default:
        return [piece];
    }
  });
}

function literal({ choice, odd }: Mistakes, text: string): string {
  if (!choice.chance(odd * 0.04)) return text;
  const escaped = text.replace(/./, (first) => `%${first.charCodeAt(0).toString(16)}`);
  return choice.pick([text.toUpperCase(), `${text}x`, escaped, `${text}%20`, "", `${text};x=1`]);
}

function manySegments(mistakes: Mistakes, field: DescField | undefined): string[] {
  const { choice } = mistakes;
  const count = choice.weighted([
    [1, 0],
    [3, 1],
    [3, 2],
    [1, 3],
  ]);
  if (count === 1 && field !== undefined) return [encodePath(mistakes, variableText(mistakes, field))];
  return Array.from({ length: count }, () => encodePath(mistakes, choice.pick(texts.path.segment)));
}

function anyText(choice: Choice): string {
  return choice.chance(0.7) ? choice.pick(texts.path.segment) : randomText(choice);
}

function variableText(mistakes: Mistakes, field: DescField | undefined): string {
  const { choice, odd } = mistakes;
  if (field === undefined) return choice.pick(texts.path.segment);
  if (field.fieldKind !== "list") return itemText(mistakes, field);
  const separator = choice.chance(odd * 0.3) ? choice.pick([",,", ";", "|", " ", ", "]) : ",";
  return Array.from({ length: choice.between(1, 3) }, () => itemText(mistakes, field)).join(separator);
}

function itemText(mistakes: Mistakes, field: DescField): string {
  if (field.message !== undefined) return wellKnownText(mistakes, field.message);
  if (field.enum !== undefined) return enumText(mistakes, field.enum);
  // 9: string.
  return field.scalar === 9 ? anyText(mistakes.choice) : scalarText(mistakes, field.scalar as ScalarType);
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");

function encodePath({ choice, odd }: Mistakes, text: string): string {
  return [...Buffer.from(text, "utf8")]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      if (/[\w.~-]/.test(char) && !choice.chance(odd * 0.05)) return char;
      if (/[!$&'()*+,;=:@]/.test(char) && choice.chance(0.6)) return char;
      return `%${choice.chance(0.5) ? hex(byte) : hex(byte).toUpperCase()}`;
    })
    .join("");
}

const inserted = ["%2F", "%2f", "%3A", ":", "%25", "%252F", "%2541", "%3F", "%23", "%00", "%FF", "%zz", "+", "%20"];
const appended = ["/", ":verb", "%", "/extra", ";a=b", "?"];

function damagePath(choice: Choice, path: string): string {
  const at = choice.between(1, path.length);
  const last = (text: string): string => path.replace(/\/([^/]*)$/, text);
  return choice.pick([
    ...inserted.map((text) => `${path.slice(0, at)}${text}${path.slice(at)}`),
    ...appended.map((text) => `${path}${text}`),
    ...["//$1", "/./$1", "/../$1", ""].map(last),
    path.replace("/", "//"),
    path.toUpperCase(),
    "/",
  ]);
}
