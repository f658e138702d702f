/** Text that is safe in a YAML template of CloudFormation. */
import { escapeCharacter, escapeDirections } from "../../../text-directions.js";

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
