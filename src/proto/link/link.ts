/**
 * Parsed files -> FileDescriptors: names resolved, options interpreted, and everything rejected that protoc rejects.
 */
import type { Diagnostic } from "../../diagnostics.js";
import { checkDeclarations } from "../check/check-declarations.js";
import type { FileDescriptor, Located, MethodDescriptor, ServiceDescriptor } from "../descriptor.js";
import { joinName } from "../full-name.js";
import type { LinkedFile } from "../linked-file.js";
import { reportClashes } from "../names/check-names.js";
import { collectSymbols } from "../names/symbol-table.js";
import { interpretOptions } from "../options/interpret-options.js";
import { isTrue, lastValueOf } from "../options/interpreted-option.js";
import { createOptionDefinitions } from "../options/option-definitions.js";
import { readFeatures, readHttpOption, readOperationInfo } from "../options/read-interpreted.js";
import type { ParsedFile, ParsedMethod, ParsedService } from "../parsed-file.js";
import { linkField } from "./link-field.js";
import { linkEnum, linkMessage } from "./link-message.js";
import { type LinkScope, optionScopeOf, type UnresolvedType } from "./link-scope.js";
import { resolveType } from "./resolve-type.js";

/** Linked files, in the order given. With error diagnostics they are not fit for use. */
export interface LinkResult {
  readonly files: FileDescriptor[];
  readonly diagnostics: Diagnostic[];
  /** The uses of types that only missing imports can declare. */
  readonly unresolved: readonly UnresolvedType[];
}

const descriptorPath = "google/protobuf/descriptor.proto";

/**
 * Links files that hold all of their imports, or all that were found: options that a missing import may declare are passed
 * over, and types are `unresolved`. `descriptorProto` declares the standard options
 * (google/protobuf/descriptor.proto) and is used when no file of this path is among them; it is not in the result.
 */
export function linkFiles(parsed: readonly ParsedFile[], descriptorProto?: ParsedFile): LinkResult {
  const isGiven = parsed.some((file) => file.path === descriptorPath);
  const known = isGiven || descriptorProto === undefined ? parsed : [...parsed, descriptorProto];
  const table = collectSymbols(known);
  const definitions = createOptionDefinitions(table);
  const diagnostics: Diagnostic[] = [];
  const unresolved: UnresolvedType[] = [];
  reportClashes(table, diagnostics);
  const linked = parsed.map((file): LinkedFile => {
    const link = { definitions, view: definitions.viewOf(file), diagnostics, unresolved };
    return { parsed: file, descriptor: linkFile(file, link) };
  });
  checkDeclarations(linked, diagnostics);
  return { files: linked.map((each) => each.descriptor), diagnostics, unresolved };
}

function linkFile(file: ParsedFile, link: LinkScope): FileDescriptor {
  const scope = file.package?.value ?? "";
  const options = interpretOptions(file.options, "file", { ...link, scope });
  return {
    path: file.path,
    displayPath: file.displayPath,
    package: scope,
    edition: file.edition.value,
    imports: file.imports,
    messages: file.messages.map((message) => linkMessage(message, scope, link)),
    enums: file.enums.map((each) => linkEnum(each, scope, link)),
    services: file.services.map((service) => linkService(service, scope, link)),
    extensions: file.extensions.map((field) => linkField(field, scope, link)),
    features: readFeatures(options, "google.protobuf.FileOptions.features"),
  };
}

function linkService(service: ParsedService, scope: string, link: LinkScope): ServiceDescriptor {
  const fullName = joinName(scope, service.name);
  const options = interpretOptions(service.options, "service", optionScopeOf(link, fullName));
  return {
    name: service.name,
    fullName,
    comment: service.comment,
    deprecated: isTrue(options, "google.protobuf.ServiceOptions.deprecated"),
    span: service.span,
    methods: service.methods.map((method) => linkMethod(method, fullName, link)),
  };
}

function linkMethod(method: ParsedMethod, scope: string, link: LinkScope): MethodDescriptor {
  const fullName = joinName(scope, method.name);
  const options = interpretOptions(method.options, "method", optionScopeOf(link, fullName));
  const http = readHttpOption(options);
  const operation = readOperationInfo(options);
  const level = lastValueOf(options, "google.protobuf.MethodOptions.idempotency_level");
  const noSideEffects = level?.kind === "enum" && level.name === "NO_SIDE_EFFECTS";
  const linkType = ({ value, span }: Located<string>): Located<string> => ({
    value: resolveType(value, span, scope, link, "message").fullName,
    span,
  });
  return {
    name: method.name,
    fullName,
    comment: method.comment,
    deprecated: isTrue(options, "google.protobuf.MethodOptions.deprecated"),
    span: method.span,
    input: linkType(method.input),
    output: linkType(method.output),
    clientStreaming: method.clientStreaming,
    serverStreaming: method.serverStreaming,
    ...(http === undefined ? {} : { http }),
    ...(noSideEffects ? { noSideEffects } : {}),
    ...(operation === undefined ? {} : { operation }),
  };
}
