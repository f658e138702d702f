/**
 * Full names in place of relative ones. protobufjs, and with it every server that loads its protos with @grpc/proto-loader, describes
 * itself with names as they were written; compilers resolve them.
 */
import {
  readRecord,
  recordsOf,
  rewriteFields,
  textOf,
  type WireRecord,
} from "../../proto/descriptor-set/wire-record.js";

/** Field numbers of descriptor.proto. */
const fileFields = { package: 2, message: 4, enum: 5, service: 6, extension: 7 } as const;
const messageFields = { name: 1, field: 2, nested: 3, enum: 4, extension: 6 } as const;
const methodOfService = 2;
const typesOfField: readonly number[] = [2, 6];
const typesOfMethod: readonly number[] = [2, 3];

/** The files with full names, in their order; `wereRelative` tells whether any was not. Throws WireFormatError for malformed bytes. */
export function qualifyNames(files: readonly Uint8Array[]): {
  readonly files: Uint8Array[];
  readonly wereRelative: boolean;
} {
  const known = new Set(files.flatMap((bytes) => namesInFile(readRecord(bytes))));
  let wereRelative = false;
  const qualify = (content: Uint8Array, scope: string): Uint8Array => {
    const name = Buffer.from(content).toString();
    if (name.startsWith(".") || name === "") return content;
    wereRelative = true;
    return Buffer.from(`.${resolveName(name, scope, known)}`);
  };
  return { files: files.map((bytes) => qualifyFile(bytes, qualify)), wereRelative };
}

type Qualify = (content: Uint8Array, scope: string) => Uint8Array;

function namesInFile(record: WireRecord): string[] {
  const scope = textOf(record, fileFields.package) ?? "";
  return [
    ...recordsOf(record, fileFields.message).flatMap((message) => namesInMessage(message, scope, 0)),
    ...recordsOf(record, fileFields.enum).map((one) => nameIn(scope, one)),
  ];
}

/** Deepest nesting of messages; readers of descriptor sets refuse more. */
const maxDepth = 100;

function namesInMessage(record: WireRecord, scope: string, depth: number): string[] {
  const name = nameIn(scope, record);
  if (depth === maxDepth) return [name];
  return [
    name,
    ...recordsOf(record, messageFields.nested).flatMap((nested) => namesInMessage(nested, name, depth + 1)),
    ...recordsOf(record, messageFields.enum).map((one) => nameIn(name, one)),
  ];
}

function nameIn(scope: string, record: WireRecord): string {
  const name = textOf(record, messageFields.name) ?? "";
  return scope === "" ? name : `${scope}.${name}`;
}

/** From the innermost scope outwards, as in C++; a name that nothing has stays as it is. */
function resolveName(name: string, scope: string, known: ReadonlySet<string>): string {
  const parts = scope === "" ? [] : scope.split(".");
  for (let length = parts.length; length > 0; length--) {
    const candidate = `${parts.slice(0, length).join(".")}.${name}`;
    if (known.has(candidate)) return candidate;
  }
  return name;
}

function qualifyFile(bytes: Uint8Array, qualify: Qualify): Uint8Array {
  const scope = textOf(readRecord(bytes), fileFields.package) ?? "";
  return rewriteFields(bytes, (number, content) => {
    if (number === fileFields.message) return qualifyMessage(content, scope, qualify, 0);
    if (number === fileFields.extension) return qualifyTypes(content, typesOfField, scope, qualify);
    if (number !== fileFields.service) return content;
    return rewriteFields(content, (member, method) =>
      member === methodOfService ? qualifyTypes(method, typesOfMethod, scope, qualify) : method,
    );
  });
}

function qualifyMessage(bytes: Uint8Array, outer: string, qualify: Qualify, depth: number): Uint8Array {
  if (depth === maxDepth) return bytes;
  const scope = nameIn(outer, readRecord(bytes));
  return rewriteFields(bytes, (number, content) => {
    if (number === messageFields.nested) return qualifyMessage(content, scope, qualify, depth + 1);
    if (number !== messageFields.field && number !== messageFields.extension) return content;
    // `.google.api.http`: the place in the extended message where protobufjs keeps the values of an extension.
    if (textOf(readRecord(content), messageFields.name)?.startsWith(".")) return undefined;
    return qualifyTypes(content, typesOfField, scope, qualify);
  });
}

function qualifyTypes(bytes: Uint8Array, types: readonly number[], scope: string, qualify: Qualify): Uint8Array {
  return rewriteFields(bytes, (number, content) => (types.includes(number) ? qualify(content, scope) : content));
}
