/** The files that earlier builds have written, from what they wrote down. The texts are files on a disk, and may say anything. */

/** An earlier build, as its `functions.json` tells. */
export interface EarlierBuild {
  /** Output folder that it was made of; undefined if the text does not say. */
  readonly out: string | undefined;
  /** Names of zips and maps. */
  readonly names: readonly string[];
}

/** Reads a `functions.json`; names that no build gives are left out. */
export function readEarlierBuild(text: string): EarlierBuild {
  const document = objectOf(parse(text));
  const functions: unknown = document["functions"];
  const records = Array.isArray(functions) ? functions.map(objectOf) : [];
  const names = records.flatMap((record) => [record["zip"], record["sourceMap"]]).filter(isOurName);
  const out: unknown = document["out"];
  return { out: typeof out === "string" ? out : undefined, names };
}

/** A text that `readEarlierBuild` reads as these names. */
export function buildText(out: string | undefined, names: readonly string[]): string {
  return JSON.stringify({ out, functions: names.map((zip) => ({ zip })) });
}

/** `library-service-get-shelf.zip` and `.mjs.map`, in the folder itself. */
function isOurName(name: unknown): name is string {
  return typeof name === "string" && /^[a-z0-9][a-z0-9-]{0,100}\.(?:zip|[cm]js\.map)$/.test(name);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
