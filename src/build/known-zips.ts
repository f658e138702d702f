/** The files that earlier builds have written, from what they wrote down. The texts are files on a disk, and may say anything. */

/** An earlier build, as its `functions.json` tells. */
export interface EarlierBuild {
  /** Output folder that it was made of; undefined if the text does not say. */
  readonly out: string | undefined;
  /** Names of zips, maps and templates. */
  readonly names: readonly string[];
}

/** Reads a `functions.json`; names that no build gives are left out. */
export function readEarlierBuild(text: string): EarlierBuild {
  const document = objectOf(parse(text));
  const functions: unknown = document["functions"];
  const records = Array.isArray(functions) ? functions.map(objectOf) : [];
  const templates: unknown = document["templates"];
  const all = [
    ...records.flatMap((record) => [record["zip"], record["sourceMap"]]),
    ...(Array.isArray(templates) ? templates : []),
  ];
  const names = all.filter(isOurName);
  const out: unknown = document["out"];
  return { out: typeof out === "string" ? out : undefined, names };
}

/** A text that `readEarlierBuild` reads as these names. */
export function buildText(out: string | undefined, names: readonly string[]): string {
  return JSON.stringify({ out, functions: names.map((zip) => ({ zip })) });
}

/** `library-service-get-shelf.zip`, `.mjs.map` and `released.orders.yaml`, in the folder itself. */
function isOurName(name: unknown): name is string {
  return (
    typeof name === "string" &&
    /^(?:[a-z0-9][a-z0-9-]{0,100}\.(?:zip|[cm]js\.map)|released(?:\.[a-z0-9-]{1,100})?\.yaml)$/.test(name)
  );
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
