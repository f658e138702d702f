/** The options with which a server loads its .proto files, compared with those that its functions were generated for. */

/** @grpc/proto-loader's options that decide the shape of messages, with constructors as their names. */
export interface LoaderOptions {
  readonly keepCase?: boolean;
  /** Absent: `Long`. */
  readonly longs?: string;
  /** Absent: `Number`. */
  readonly enums?: string;
  /** Absent: `Buffer`. */
  readonly bytes?: string;
  readonly defaults?: boolean;
  readonly arrays?: boolean;
  readonly objects?: boolean;
  readonly oneofs?: boolean;
}

const flags = ["keepCase", "defaults", "arrays", "objects", "oneofs"] as const;

const choices = {
  longs: { String: "String", Number: "Number", BigInt: "BigInt" },
  enums: { String: "String" },
  bytes: { String: "String", Array: "Array" },
} as const satisfies { readonly [name: string]: { readonly [type: string]: string } };

/** Brings options as `loadSync` takes them to the form above; members with their default are left out. */
export function readLoaderOptions(given: unknown): LoaderOptions {
  const options = (given ?? {}) as { readonly [name: string]: unknown };
  const read: { -readonly [name in keyof LoaderOptions]: boolean | string } = {};
  for (const name of flags) if (options[name]) read[name] = true;
  for (const [name, known] of Object.entries(choices)) {
    const choice = (known as { readonly [type: string]: string })[constructorName(options[name])];
    if (choice !== undefined) read[name as keyof LoaderOptions] = choice;
  }
  // With `defaults`, proto-loader makes lists and maps with and without the options for them.
  if (read.defaults === true) for (const name of ["arrays", "objects"] as const) delete read[name];
  return read as LoaderOptions;
}

function constructorName(value: unknown): string {
  return typeof value === "function" ? value.name : String(value);
}

/** Tells whether two sets of options give the same messages. */
export function sameOptions(a: LoaderOptions, b: LoaderOptions): boolean {
  return formatOptions(a) === formatOptions(b);
}

/** Options as grpc2lambda.yaml has them: `{ keepCase: true, longs: String }`. */
export function formatOptions(options: LoaderOptions): string {
  const members = [...flags, ...Object.keys(choices)].flatMap((name) => {
    const value = options[name as keyof LoaderOptions];
    return value === undefined || value === false ? [] : [`${name}: ${value}`];
  });
  return members.length === 0 ? "{}" : `{ ${members.sort().join(", ")} }`;
}
