/** Most characters of the input that an error shows. */
const shownLength = 40;

/**
 * The value of a name that is more than once in its JSON object. No reader accepts it, so such a field or map key is
 * refused. A member that the message does not have may be repeated, as with Go's protojson.
 */
export const twoValues: unique symbol = Symbol("two values");

/** Describes a found value for an error: short, printable and on one line; of objects and lists only the kind. */
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
