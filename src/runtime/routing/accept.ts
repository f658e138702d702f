/** Media types that a client accepts. https://www.rfc-editor.org/rfc/rfc9110#name-accept */

/** Most media ranges that are read. */
const maxRanges = 32;

/** The media ranges of Accept values, best first, without those that are refused (q=0); lower case. */
export function acceptedTypes(values: readonly string[]): readonly string[] {
  const ranges = values.join(",").toLowerCase().split(",", maxRanges).map(parseRange);
  return ranges
    .filter(({ type, quality }) => type !== "" && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ type }) => type);
}

function parseRange(text: string): { readonly type: string; readonly quality: number } {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim());
  const quality = parameters.find((parameter) => parameter.startsWith("q="));
  const number = quality === undefined ? 1 : Number(quality.slice(2));
  return { type, quality: Number.isNaN(number) ? 1 : number };
}

/**
 * Tells whether a client that sends `values` accepts `type` (`application/json`); without an Accept header it accepts
 * all.
 */
export function accepts(values: readonly string[], type: string): boolean {
  if (values.join("").trim() === "") return true;
  const family = `${type.slice(0, type.indexOf("/"))}/*`;
  return acceptedTypes(values).some((range) => range === type || range === family || range === "*/*");
}
