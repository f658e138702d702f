/** Text that is safe in a YAML template of CloudFormation. */

/**
 * A double-quoted YAML scalar on one line. `{{resolve:…}}` is taken apart: CloudFormation would replace it by the value of a
 * parameter or secret wherever it stands.
 */
export function yamlString(text: string): string {
  return JSON.stringify(withoutDynamicReferences(text).replace(/\p{Surrogate}/gu, "\ufffd")).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function withoutDynamicReferences(text: string): string {
  return text.replace(/\{\{(?=\s*resolve:)/gi, "{ {");
}

/** As `yamlString`, for the argument of `!Sub`: `${` of the text stays as it is. Append what shall be replaced. */
export function subText(text: string): string {
  return text.replaceAll("${", "${!");
}

/** A comment of a .proto file as one line of at most `length` characters (code points). */
export function oneLine(comment: string, length: number): string {
  const characters = [...comment.replace(/\s+/g, " ").trim()];
  return characters.length <= length ? characters.join("") : `${characters.slice(0, length - 1).join("")}…`;
}
