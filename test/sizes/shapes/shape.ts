/** What a large input is, and what most of them are made of. */

/** One kind of large input. */
export interface SizeShape {
  readonly name: string;
  /** The smaller of the two sizes that are compared. */
  readonly size: number;
  /** Files by path, for a size. */
  readonly make: (size: number) => Readonly<Record<string, string>>;
  /** What the command line names. */
  readonly protos?: readonly string[];
  readonly flags?: readonly string[];
  /** How the command ends. */
  readonly exitCode: 0 | 2;
}

/** So many items, each made from its index. */
export const list = (count: number, item: (index: number) => string, between = "\n"): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(between);

/** A file with a service of one RPC that posts `Big`. */
export const api = (declarations: string, syntax = "proto3"): string =>
  `syntax = "${syntax}";\npackage big.v1;\nimport "google/api/annotations.proto";\n${service}\n${declarations}\n`;

/** The RPCs of `api`. */
export const service = `service Sizes {
  rpc Call(Big) returns (Big) { option (google.api.http) = { post: "/v1/call" body: "*" }; }
  rpc Ask(Big) returns (Big) { option (google.api.http) = { get: "/v1/ask" }; }
}`;

/** A file of so many RPCs. */
export const manyRpcs = (count: number): string => `syntax = "proto3";
package big.v1;
import "google/api/annotations.proto";
message Big { string a = 1; }
service Sizes {
${list(count, (i) => `  rpc Call${i}(Big) returns (Big) { option (google.api.http) = { get: "/v1/call${i}" }; }`)}
}`;

/** The text as the one file of an input. */
export const oneFile = (text: string): Record<string, string> => ({ "big.proto": text });

/** The message that `api` posts. */
export const message = (fields: string): string => `message Big {\n${fields}\n}`;

/** Types of scalars, one of each kind. */
export const scalars = ["string", "int32", "int64", "bool", "bytes", "double", "float", "uint64"];

/** Numbers without 19000 to 19999. */
export const number = (index: number): number => (index + 1 < 19000 ? index + 1 : index + 1001);

/** An input without mistakes. */
export const plain = (shape: Omit<SizeShape, "exitCode">): SizeShape => ({ ...shape, exitCode: 0 });
/** An input that is refused. */
export const wrong = (shape: Omit<SizeShape, "exitCode">): SizeShape => ({ ...shape, exitCode: 2 });
