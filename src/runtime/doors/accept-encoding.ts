/** The coding in which a client wants a body. https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3 */

/** The one of `offered` (best first) that an Accept-Encoding header prefers; undefined when it accepts none of them. */
export function chooseEncoding<Coding extends string>(header: string, offered: readonly Coding[]): Coding | undefined {
  const weights = parseWeights(header);
  let best: Coding | undefined;
  let bestWeight = 0;
  for (const coding of offered) {
    const weight = weights.get(coding) ?? weights.get("*") ?? 0;
    if (weight > bestWeight) [best, bestWeight] = [coding, weight];
  }
  return best;
}

function parseWeights(header: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const item of header.toLowerCase().split(",", 32)) {
    const [coding = "", ...parameters] = item.split(";").map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    if (coding !== "") weights.set(coding, weight === undefined ? 1 : Number(weight) || 0);
  }
  return weights;
}
