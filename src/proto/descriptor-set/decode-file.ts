/** FileDescriptorProto -> FileDescriptor. */

import type {
  Edition,
  FileDescriptor,
  ImportDescriptor,
  Located,
  MethodDescriptor,
  ServiceDescriptor,
} from "../descriptor.js";
import { editionNumbers } from "../edition.js";
import { maxNameParts } from "../syntax/source-cursor.js";
import { type DecodedFile, type DecodedScope, decodeDeclaration, typeNameOf } from "./decode-declaration.js";
import { decodeEnum } from "./decode-enum.js";
import { decodeFeatures } from "./decode-features.js";
import { decodeField } from "./decode-field.js";
import { decodeHttpRule } from "./decode-http-rule.js";
import { decodeMessage } from "./decode-message.js";
import { decodeOperationInfo } from "./decode-operation-info.js";
import { readSourceLocations, type SourceLocations, type SourcePath } from "./source-locations.js";
import {
  booleanOf,
  bytesOf,
  integerOf,
  integersOf,
  recordOf,
  recordsOf,
  textOf,
  textsOf,
  WireFormatError,
  type WireRecord,
} from "./wire-record.js";

const sourceCodeInfoField = 9;
const noSurroundings = { mapEntries: new Map(), oneofs: [] };

/** The `name` of a FileDescriptorProto. Throws WireFormatError when it is not an import path. */
export function decodeFilePath(record: WireRecord): string {
  const path = textOf(record, 1) ?? "";
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..") || /[\\\p{Cc}]/u.test(path)) {
    throw new WireFormatError(`the file name ${JSON.stringify(path)}`);
  }
  return path;
}

/** Decodes one file. Throws WireFormatError on values that no compiler writes. */
export function decodeFile(record: WireRecord): FileDescriptor {
  const path = decodeFilePath(record);
  const packageName = decodePackage(record);
  const locations = readSourceLocations(bytesOf(record, sourceCodeInfoField)[0] ?? new Uint8Array());
  const edition = decodeEdition(record);
  const file: DecodedFile = { edition, locations };
  const scope: DecodedScope = { fullName: packageName, depth: 0 };
  return {
    path,
    displayPath: path,
    package: packageName,
    edition,
    imports: decodeImports(record, locations),
    messages: recordsOf(record, 4).map((message, index) => decodeMessage(message, scope, file, [4, index])),
    enums: recordsOf(record, 5).map((each, index) => decodeEnum(each, scope, file, [5, index])),
    services: recordsOf(record, 6).map((service, index) => decodeService(service, scope, file, [6, index])),
    extensions: recordsOf(record, 7).map((field, index) => decodeField(field, noSurroundings, scope, file, [7, index])),
    features: decodeFeatures(recordOf(recordOf(record, 8), 50)),
  };
}

function decodePackage(record: WireRecord): string {
  const name = textOf(record, 2) ?? "";
  if (name !== "" && !/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/.test(name)) {
    throw new WireFormatError(`the package ${JSON.stringify(name)}`);
  }
  const parts = name.split(".").length;
  if (parts > maxNameParts) throw new WireFormatError(`a package of ${parts} parts`);
  return name;
}

/** No `syntax` means proto2. Throws WireFormatError on an edition that this tool does not know. */
function decodeEdition(record: WireRecord): Edition {
  const syntax = textOf(record, 12) ?? "proto2";
  if (syntax === "proto2" || syntax === "proto3") return syntax;
  const number = integerOf(record, 14) ?? 0;
  const edition = syntax === "editions" ? editionNumbers.get(number) : undefined;
  if (edition !== undefined) return edition;
  throw new WireFormatError(syntax === "editions" ? `edition number ${number}` : `syntax ${JSON.stringify(syntax)}`);
}

function decodeImports(record: WireRecord, locations: SourceLocations): ImportDescriptor[] {
  const publicImports = new Set(integersOf(record, 10));
  const weakImports = new Set(integersOf(record, 11));
  const imports = textsOf(record, 3).map((path, index): ImportDescriptor => {
    const kind = publicImports.has(index) ? "public" : weakImports.has(index) ? "weak" : "plain";
    return { path, kind, span: locations.spanOf([3, index]) };
  });
  const optionImports = textsOf(record, 15).map(
    (path, index): ImportDescriptor => ({ path, kind: "option", span: locations.spanOf([15, index]) }),
  );
  return [...imports, ...optionImports];
}

function decodeService(
  record: WireRecord,
  scope: DecodedScope,
  file: DecodedFile,
  path: SourcePath,
): ServiceDescriptor {
  const declaration = decodeDeclaration(record, recordOf(record, 3), 33, scope, file, path);
  const inside = { fullName: declaration.fullName, depth: 1 };
  return {
    ...declaration,
    methods: recordsOf(record, 2).map((method, index) => decodeMethod(method, inside, file, [...path, 2, index])),
  };
}

/** google.protobuf.MethodOptions.IdempotencyLevel.NO_SIDE_EFFECTS */
const noSideEffects = 1;

function decodeMethod(record: WireRecord, scope: DecodedScope, file: DecodedFile, path: SourcePath): MethodDescriptor {
  const options = recordOf(record, 4);
  const http = decodeHttpRule(options, file.locations, [...path, 4]);
  const operation = decodeOperationInfo(options);
  return {
    ...decodeDeclaration(record, options, 33, scope, file, path),
    input: decodeTypeReference(record, 2, file, path),
    output: decodeTypeReference(record, 3, file, path),
    clientStreaming: booleanOf(record, 5),
    serverStreaming: booleanOf(record, 6),
    ...(http === undefined ? {} : { http }),
    ...(integerOf(options, 34) === noSideEffects ? { noSideEffects: true } : {}),
    ...(operation === undefined ? {} : { operation }),
  };
}

function decodeTypeReference(record: WireRecord, number: number, file: DecodedFile, path: SourcePath): Located<string> {
  return { value: typeNameOf(record, number), span: file.locations.spanOf([...path, number]) };
}
