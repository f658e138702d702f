/** Longest text of the input that an error shows. */
const shownLength = 40;

/**
 * Stands for the values of a name that is in its JSON object more than once. No reader of a value takes it, so that such a field or map
 * key is refused; a member that the message does not have may come as often as it likes, as with Go's protojson.
 */
export const twoValues: unique symbol = Symbol("two values");

/** What was found, for an error: short, one line, printable, and of objects and lists only that they are such. */
export function describeJson(json: unknown): string {
  switch (typeof json) {
    case "string":
      return printable(json);
    case "object":
      return json === null ? "null" : Array.isArray(json) ? "a list" : "an object";
    case "undefined":
      return "nothing";
    case "number":
    case "bigint":
    case "boolean":
      return String(json);
    case "symbol":
      return json === twoValues ? "two values for one name" : "a symbol";
    default:
      return `a ${typeof json}`;
  }
}

function printable(text: string): string {
  const shown = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  return JSON.stringify(shown).replace(/[\u007f-\u009f\u2028-\u202f\u2060-\u206f\ufeff]/g, "?");
}
