/** Finds where a repository implements its services. ts-morph is loaded with this module. */
import { compareText } from "../../diagnostics.js";
import { type CallExpression, Node, SyntaxKind } from "ts-morph";
import { type RegisteredRpcs, readRpcs } from "./connect-rpcs.js";
import { findConnectStart } from "./connect-start.js";
import { readDefinition } from "./definition.js";
import type { FoundStyle } from "./loader-call.js";
import { readObject } from "./methods.js";
import { findControllers, nestDecorators } from "./nest-controllers.js";
import { findStart, type ServerStart } from "./server-start.js";
import { openSources, type Sources } from "./sources.js";
import { isGenerated, trace } from "./trace.js";

/** A place that implements a service, or a method of one. */
export interface FoundImplementation {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Full name; undefined if it is not known. */
  readonly service: string | undefined;
  readonly library: Library;
  /** A description: `an object with getShelf, listShelves`. */
  readonly form: string;
  /** Names of its methods; undefined if the text does not tell. */
  readonly methods: readonly string[] | undefined;
  readonly style: FoundStyle;
  readonly start: ServerStart;
}

/** The library whose server calls the implementation. */
export type Library = "grpc-js" | "grpc" | "nice-grpc" | "connect" | "nestjs";

const pattern = /\baddService\b|nice-grpc|ConnectRouter|connectrpc|connectNodeAdapter/;

/** Searches the sources among `files`; `services` are the full names that the protos declare. */
export function findImplementations(
  root: string,
  files: readonly string[],
  services: readonly string[],
): FoundImplementation[] {
  const sources = openSources(root, files);
  const registered = sources.matching(pattern).flatMap((path) => {
    const calls = callsIn(sources, path) ?? [];
    const rpcs = readRpcs(calls).map((found) => describeRpcs(sources, found, services));
    return [...calls.flatMap((call) => readCall(sources, call, services)), ...rpcs];
  });
  const controllers = sources.matching(nestDecorators).filter((path) => callsIn(sources, path) !== undefined);
  const nest = findControllers(sources, controllers, services);
  return [...registered, ...nest].sort((a, b) => compareText(a.file, b.file) || a.line - b.line);
}

/** The calls in a file of the user's own; undefined for tests and generated code. */
function callsIn(sources: Sources, path: string): readonly CallExpression[] | undefined {
  const file = sources.open(path);
  if (file === undefined || isGenerated(file.getFullText()) || isTest(path)) return undefined;
  return file.getDescendantsOfKind(SyntaxKind.CallExpression);
}

/** A service that is registered with a server: where, and the expression of its object. */
export interface Registration {
  readonly file: string;
  readonly service: string;
  readonly implementation: Node;
}

/** The registrations in the sources, in the order of their files. */
export function findRegistrations(sources: Sources, services: readonly string[]): Registration[] {
  return sources.matching(pattern).flatMap((file) =>
    (callsIn(sources, file) ?? []).flatMap((call) => {
      const registered = registeredBy(sources, call);
      if (registered === undefined) return [];
      const { service } = readDefinition(sources, registered.definition, services);
      return service === undefined ? [] : [{ file, service, implementation: registered.implementation }];
    }),
  );
}

function isTest(path: string): boolean {
  return /(?:^|\/)(?:__tests__|tests?|spec)\/|\.(?:test|spec)\.[cm]?[jt]sx?$/.test(path);
}

/** The arguments of `addService` and its like in other libraries. */
function registeredBy(
  sources: Sources,
  call: CallExpression,
): { readonly library: Library; readonly definition: Node; readonly implementation: Node } | undefined {
  const called = call.getExpression();
  const [definition, implementation] = call.getArguments();
  if (!Node.isPropertyAccessExpression(called) || definition === undefined || implementation === undefined)
    return undefined;
  const library = libraryOf(sources, called.getName(), called.getExpression());
  return library === undefined ? undefined : { library, definition, implementation };
}

const bridge = { kind: "bridge" } as const;

function readCall(sources: Sources, call: CallExpression, services: readonly string[]): FoundImplementation[] {
  const registered = registeredBy(sources, call);
  if (registered === undefined) return [];
  const { library, definition, implementation } = registered;
  const { service, style: read } = readDefinition(sources, definition, services);
  // Whatever generated it, a definition of nice-grpc or Connect has its serializers.
  const style = library === "connect" || (read.kind === "unknown" && library === "nice-grpc") ? bridge : read;
  const { form, methods } = readObject(sources, implementation);
  return [
    {
      ...placeOf(sources, call),
      service,
      library,
      form: describeForm(form, methods),
      methods,
      style,
      start: library === "connect" ? findConnectStart(sources, call) : findStart(sources, call),
    },
  ];
}

/** Its methods are functions of their own, so there is no object that could be named. */
function describeRpcs(
  sources: Sources,
  { call, definition, methods }: RegisteredRpcs,
  services: readonly string[],
): FoundImplementation {
  return {
    ...placeOf(sources, call),
    service: readDefinition(sources, definition, services).service,
    library: "connect",
    form: `functions for ${methods.join(", ")}`,
    methods,
    style: bridge,
    start: findConnectStart(sources, call),
  };
}

function libraryOf(sources: Sources, method: string, receiver: Node): Library | undefined {
  const text = receiver.getSourceFile().getFullText();
  if (method === "addService" || method === "addProtoService")
    return /\b(?:from|require\()\s*["']grpc["']/.test(text) ? "grpc" : "grpc-js";
  if (method === "service" && /@connectrpc\/|ConnectRouter/.test(text)) return "connect";
  if (method !== "add" || !text.includes("nice-grpc")) return undefined;
  return isNiceServer(sources, receiver) ? "nice-grpc" : undefined;
}

/** Chains of middleware are short; this ends circles. */
const maxMiddleware = 20;

/** Whether a value is `createServer()` of nice-grpc, with or without middleware, or a parameter for one. */
function isNiceServer(sources: Sources, receiver: Node, middleware = maxMiddleware): boolean {
  const { root, names } = trace(sources, receiver);
  if (Node.isParameterDeclaration(root)) return names.length === 0 && root.getTypeNode()?.getText() === "Server";
  if (!Node.isCallExpression(root) || middleware === 0) return false;
  const called = root.getExpression();
  if (Node.isPropertyAccessExpression(called) && /^(?:use|with)$/.test(called.getName()))
    return isNiceServer(sources, called.getExpression(), middleware - 1);
  return called.getText().endsWith("createServer");
}

function placeOf(sources: Sources, node: Node): Pick<FoundImplementation, "file" | "line"> {
  return { file: sources.pathOf(node.getSourceFile()), line: node.getStartLineNumber() };
}

function describeForm(form: string, methods: readonly string[] | undefined): string {
  const noun =
    { object: "an object", class: "an instance of a class", factory: "the result of a function" }[form] ?? "a value";
  if (methods === undefined) return `${noun} whose methods the text does not tell`;
  return `${noun} with ${methods.length === 0 ? "no methods" : methods.join(", ")}`;
}
