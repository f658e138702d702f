/** Text of a .proto file in a description. */

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
