/** Text that is safe in a YAML template of CloudFormation. */
import { escapeCharacter, escapeDirections } from "../../text-directions.js";

/** A double-quoted YAML scalar on one line. */
export function yamlString(text: string): string {
  return escapeDirections(JSON.stringify(text.replace(/\p{Surrogate}/gu, "\ufffd"))).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    escapeCharacter,
  );
}

/** Text for the argument of `!Sub` in which `${` stands for itself. */
export function subText(text: string): string {
  return text.replaceAll("${", "${!");
}

/**
 * A comment of a .proto file as one line of at most `length` characters (code points). Braces that mean something to
 * CloudFormation lose it: `{{resolve:…}}` would be replaced by a secret wherever it stands.
 */
export function plainLine(comment: string, length: number): string {
  const plain = comment
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/\$?\{+/g, "{")
    .replace(/\}+/g, "}")
    .trim();
  const characters = [...plain];
  return characters.length <= length ? plain : `${characters.slice(0, length - 1).join("")}…`;
}
