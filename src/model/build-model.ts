/** Descriptors -> ApiModel: types, services, and every http rule checked against the types it speaks of. */
import type { Diagnostic } from "../diagnostics.js";
import type { BindingPrecedence } from "../http-rule/specificity.js";
import type { FileDescriptor, MethodDescriptor, ServiceDescriptor } from "../proto/descriptor.js";
import type { ApiModel, Binding, Message, Method, ProtoFile, Service } from "./api-model.js";
import { selectRules } from "./service-config/apply-service-config.js";
import { type BoundMethod, bindMethod } from "./rules/bind-method.js";
import { type FileTypes, buildNamed, buildTypes, findClosedEnums } from "./build-types.js";
import { checkRoutes } from "./rules/check-routes.js";
import { sortFilesByImports } from "./file-order.js";
import { place, type SourcedRule } from "./rules/rule-context.js";
import type { ServiceConfigRules } from "./service-config/service-config.js";
import { type LeftOutMethod, reportLeftOut } from "./left-out.js";
import { checkSkipped, type SkippedMethod } from "./skip-methods.js";

/** The inputs of a model. */
export interface BuildModelRequest {
  readonly files: readonly FileDescriptor[];
  /** Import paths of the files whose services are generated. */
  readonly targets: readonly string[];
  /** Full names of those services that matter; findings about the others are kept back. Default: all of the target files. */
  readonly only?: readonly string[];
  /** Its rules come before the annotation of the same method, and both apply, as in grpc-gateway. */
  readonly serviceConfigs?: readonly ServiceConfigRules[];
  /**
   * Methods without a rule: reported (HR017), bound to `POST /pkg.Service/Method` with body `*`, or neither: `ignore` also keeps the
   * notes on skipped methods and streams of requests back.
   */
  readonly unboundMethods: "report" | "bind" | "ignore";
  /** Accept a body on DELETE; false by default, as in grpc-gateway. */
  readonly allowDeleteBody?: boolean;
  /** Methods that get no binding, whatever their rules; all of the target files. Default: none. */
  readonly skip?: readonly SkippedMethod[];
  /** Methods that stream their requests are refused (HR015), or bound where this says so. Default: refused. */
  readonly collectRequests?: CollectRequests;
  /**
   * The order of bindings that match the same path. Only with `lastDeclared`, the default, does the order of
   * declaration matter (HR021, HR022).
   */
  readonly precedence?: BindingPrecedence;
  /**
   * The reading of a google.api.HttpBody in a request. Default: as JSON, with a finding (HR032), and in `spec` as raw
   * bytes.
   */
  readonly httpBodies?: "json" | "raw";
  /**
   * The profile. A rule that grpc-gateway accepts and others refuse is an error in `spec`, and a warning in its own
   * profile, the default.
   */
  readonly profile?: "grpc-gateway" | "spec";
}

/** The streams of requests that are bound: the messages of one HTTP body are then the stream. */
export interface CollectRequests {
  readonly byDefault: boolean;
  /** Exceptions by full name of the method. */
  readonly methods: ReadonlyMap<string, boolean>;
}

/** The model with what is wrong in the rules of the target files. A binding with an error is left out. */
export interface BuiltModel {
  readonly model: ApiModel;
  readonly diagnostics: readonly Diagnostic[];
}

/** Builds the model. The descriptors are taken to be valid: the readers have checked them. */
export function buildModel(request: BuildModelRequest): BuiltModel {
  const sorted = sortFilesByImports(request.files);
  const closedEnums = findClosedEnums(sorted);
  const types = sorted.map((file) => buildTypes(file, closedEnums));
  const selected = selectRules(request.serviceConfigs ?? [], sorted);
  const targets = new Set(request.targets);
  const targetFiles = sorted.filter(({ path }) => targets.has(path));
  const diagnostics: Diagnostic[] = [...selected.diagnostics, ...checkSkipped(request.skip ?? [], targetFiles)];
  const building: Building = {
    request,
    targets,
    messages: indexMessages(types),
    selected: selected.rules,
    skipped: new Set(request.skip?.map(({ name }) => name)),
    diagnostics,
    leftOut: [],
  };
  const files = sorted.map((file, at) => buildFile(file, types[at], building));
  const services = files.flatMap((file) =>
    file.services.filter(({ fullName }) => isGenerated(file.path, fullName, building)),
  );
  const checked = checkRoutes(services, request.precedence ?? "lastDeclared");
  for (const finding of checked.diagnostics) diagnostics.push(finding);
  if (request.unboundMethods !== "ignore") diagnostics.push(...reportLeftOut(building.leftOut));
  return { model: { files: withoutBindings(files, checked.unreachable) }, diagnostics };
}

/** The files without bindings that no request comes to. */
function withoutBindings(files: readonly ProtoFile[], unreachable: ReadonlySet<Binding>): readonly ProtoFile[] {
  if (unreachable.size === 0) return files;
  const reached = (method: Method): Method => ({
    ...method,
    bindings: method.bindings.filter((binding) => !unreachable.has(binding)),
  });
  return files.map((file) => ({
    ...file,
    services: file.services.map((service) => ({ ...service, methods: service.methods.map(reached) })),
  }));
}

interface Building {
  readonly request: BuildModelRequest;
  readonly targets: ReadonlySet<string>;
  readonly messages: ReadonlyMap<string, Message>;
  readonly selected: ReturnType<typeof selectRules>["rules"];
  /** Full names. */
  readonly skipped: ReadonlySet<string>;
  readonly diagnostics: Diagnostic[];
  readonly leftOut: LeftOutMethod[];
}

/**
 * Drops findings in files that are only imported and in services that are left out: users cannot or need not act on
 * them.
 */
function isGenerated(file: string, service: string, { request: { only }, targets }: Building): boolean {
  return targets.has(file) && (only === undefined || only.includes(service));
}

function indexMessages(types: readonly FileTypes[]): Map<string, Message> {
  const messages = new Map<string, Message>();
  const add = (message: Message): void => {
    messages.set(message.fullName, message);
    for (const nested of message.messages) add(nested);
  };
  for (const file of types) for (const message of file.messages) add(message);
  return messages;
}

function buildFile(file: FileDescriptor, types: FileTypes | undefined, building: Building): ProtoFile {
  return {
    path: file.path,
    package: file.package,
    edition: file.edition,
    target: building.targets.has(file.path),
    imports: file.imports.map((imported) => imported.path),
    messages: types?.messages ?? [],
    enums: types?.enums ?? [],
    services: file.services.map((service) => buildService(service, file, building)),
    extensions: types?.extensions ?? [],
  };
}

function buildService(service: ServiceDescriptor, file: FileDescriptor, building: Building): Service {
  return {
    ...buildNamed(service, file),
    file: file.path,
    methods: service.methods.map((method) => buildMethod(method, service, file, building)),
  };
}

function buildMethod(
  method: MethodDescriptor,
  service: ServiceDescriptor,
  file: FileDescriptor,
  building: Building,
): Method {
  const bound = bindUnlessSkipped(method, service, file, building);
  if (isGenerated(file.path, service.fullName, building)) {
    for (const finding of bound.diagnostics) building.diagnostics.push(finding);
    if (bound.leftOut !== undefined) {
      const location = place(file.displayPath, method.span);
      building.leftOut.push({ reason: bound.leftOut, name: method.name, service: service.fullName, location });
    }
  }
  const operationTypes = resolveOperationTypes(method, file, building.messages);
  return {
    ...buildNamed(method, file),
    input: method.input.value,
    output: method.output.value,
    clientStreaming: method.clientStreaming,
    serverStreaming: method.serverStreaming,
    bindings: bound.bindings,
    ...(method.noSideEffects === undefined ? {} : { noSideEffects: method.noSideEffects }),
    ...(operationTypes.length === 0 ? {} : { operationTypes }),
  };
}

function bindUnlessSkipped(
  method: MethodDescriptor,
  service: ServiceDescriptor,
  file: FileDescriptor,
  building: Building,
): BoundMethod {
  const { request, messages, skipped } = building;
  if (skipped.has(method.fullName)) return { bindings: [], diagnostics: [], leftOut: "skipped" };
  return bindMethod({
    method,
    package: file.package,
    service: service.fullName,
    file: file.displayPath,
    rules: rulesOf(method, file, building),
    messages,
    allowDeleteBody: request.allowDeleteBody ?? false,
    bindUnbound: request.unboundMethods === "bind",
    profile: request.profile ?? "grpc-gateway",
    httpBodies: request.httpBodies,
    findings: building.diagnostics.length,
    collectRequests:
      request.collectRequests?.methods.get(method.fullName) ?? request.collectRequests?.byDefault ?? false,
  });
}

/** Names are full or relative to the package; one that is not loaded cannot be encoded, and is left out. */
function resolveOperationTypes(
  { operation }: MethodDescriptor,
  file: FileDescriptor,
  messages: ReadonlyMap<string, Message>,
): string[] {
  return [operation?.responseType, operation?.metadataType].flatMap((name) => {
    const found = [`${file.package}.${name}`, name].find((each) => each !== undefined && messages.has(each));
    return found === undefined ? [] : [found];
  });
}

function rulesOf(method: MethodDescriptor, file: FileDescriptor, building: Building): SourcedRule[] {
  const { selected } = building;
  const configured = (selected.get(method.fullName) ?? []).map((each): SourcedRule => {
    return { ...each, origin: "serviceConfig" };
  });
  const annotation: SourcedRule[] =
    method.http === undefined ? [] : [{ rule: method.http, origin: "annotation", file: file.displayPath }];
  return [...configured, ...annotation];
}
