/** Parts of a function's result, as several doors look at them. */

/** Lambda's limit for an event or a result, in bytes, as its own error message states it. */
export const maxPayloadBytes = 6_291_556;

/** An object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Bytes of a value as JSON. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? "null");
}

/** A status from a number or its digits; undefined when it is none. */
export function statusOf(value: unknown): number | undefined {
  const status = typeof value === "number" || (typeof value === "string" && value !== "") ? Number(value) : Number.NaN;
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
}

/** The body as bytes. */
export function resultBytes(body: string, isBase64Encoded: boolean): Uint8Array {
  return Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
}

/** One text per name as pairs; undefined for anything but texts. */
export function singlePairs(headers: unknown): [string, string][] | undefined {
  if (!isRecord(headers)) return undefined;
  const pairs = Object.entries(headers);
  return pairs.every((pair): pair is [string, string] => typeof pair[1] === "string") ? pairs : undefined;
}

/** A list of texts per name as pairs; undefined for anything but lists of texts. */
export function listPairs(headers: unknown): [string, string][] | undefined {
  if (!isRecord(headers)) return undefined;
  const pairs: [string, string][] = [];
  for (const [name, values] of Object.entries(headers)) {
    if (!Array.isArray(values)) return undefined;
    for (const value of values) {
      if (typeof value !== "string") return undefined;
      pairs.push([name, value]);
    }
  }
  return pairs;
}
