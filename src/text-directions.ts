/** Characters that change the direction of text: source that has them reads otherwise than it runs (https://trojansource.codes). */

/**
 * Writes them as `\u202e`: the same in comments as in strings of TypeScript, JSON and double-quoted YAML, where the escape stands
 * for the character.
 */
export function escapeDirections(text: string): string {
  return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, escapeCharacter);
}

/** `\u202e`, for one UTF-16 unit. */
export function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
