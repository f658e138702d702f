/** The microservices of NestJS in a repository: their packages, the options of their loader, and how they start. */
import { type CallExpression, Node, type ObjectLiteralExpression, SyntaxKind } from "ts-morph";
import { type FoundStyle, styleOfOptions } from "./loader-call.js";
import { findStart, type ServerStart } from "./server-start.js";
import type { Sources } from "./sources.js";
import { trace } from "./trace.js";

/** An application that is a gRPC server. */
export interface NestServer {
  readonly file: string;
  /** Packages of its services; undefined if the text does not tell. */
  readonly packages: readonly string[] | undefined;
  readonly style: FoundStyle;
  readonly start: ServerStart;
}

const made = /\b(?:create|connect)Microservice\b/;

/** Finds `NestFactory.createMicroservice(AppModule, { transport: Transport.GRPC, … })` and `app.connectMicroservice({ … })`. */
export function findNestServers(sources: Sources): NestServer[] {
  return sources.matching(made).flatMap((file) => {
    const calls = sources.open(file)?.getDescendantsOfKind(SyntaxKind.CallExpression) ?? [];
    return calls.filter(isMaker).flatMap((call) => readServer(sources, file, call));
  });
}

function isMaker(call: CallExpression): boolean {
  const called = call.getExpression();
  return Node.isPropertyAccessExpression(called) && made.test(called.getName());
}

function readServer(sources: Sources, file: string, call: CallExpression): NestServer[] {
  const settings = call.getArguments().flatMap((argument) => settingsIn(trace(sources, argument).root));
  return settings.slice(0, 1).map((found) => {
    const options = memberOf(sources, found, "options");
    return {
      file,
      packages: options === undefined ? undefined : packagesOf(sources, options),
      style: styleOf(sources, options),
      start: findStart(sources, call),
    };
  });
}

/** The object with `transport: Transport.GRPC`: the argument itself, or what its factory makes. */
function settingsIn(argument: Node): ObjectLiteralExpression[] {
  const inside = argument.getDescendantsOfKind(SyntaxKind.ObjectLiteralExpression);
  const all = Node.isObjectLiteralExpression(argument) ? [argument, ...inside] : inside;
  return all.filter((one) => {
    const transport = one.getProperty("transport");
    return (
      Node.isPropertyAssignment(transport) && /\bTransport\.GRPC$/.test(transport.getInitializer()?.getText() ?? "")
    );
  });
}

/** The value of a member, through variables; undefined if the object has none. */
function memberOf(sources: Sources, object: Node, name: string): Node | undefined {
  if (!Node.isObjectLiteralExpression(object)) return undefined;
  const member = object.getProperty(name);
  if (Node.isShorthandPropertyAssignment(member)) return trace(sources, member.getNameNode()).root;
  const value = Node.isPropertyAssignment(member) ? member.getInitializer() : undefined;
  return value === undefined ? undefined : trace(sources, value).root;
}

function packagesOf(sources: Sources, options: Node): readonly string[] | undefined {
  const value = memberOf(sources, options, "package");
  const listed = Node.isArrayLiteralExpression(value) ? value.getElements() : value === undefined ? [] : [value];
  const names = listed.map((one) => textOf(sources, one));
  return names.length === 0 || names.includes(undefined) ? undefined : names.flatMap((name) => name ?? []);
}

/** A text that is written in place, or in a constant. */
export function textOf(sources: Sources, value: Node): string | undefined {
  const { root, names } = trace(sources, value);
  const isText = Node.isStringLiteral(root) || Node.isNoSubstitutionTemplateLiteral(root);
  return isText && names.length === 0 ? root.getLiteralText() : undefined;
}

function styleOf(sources: Sources, options: Node | undefined): FoundStyle {
  if (!Node.isObjectLiteralExpression(options))
    return { kind: "unknown", reason: "the options of the microservice are not written in place" };
  if (options.getProperty("packageDefinition") !== undefined)
    return {
      kind: "unknown",
      reason: "the microservice has a packageDefinition, which hides the options of its loader",
    };
  if (
    options.getProperties().some((member) => Node.isSpreadAssignment(member)) &&
    options.getProperty("loader") === undefined
  )
    return { kind: "unknown", reason: "the options of the microservice are spread from another object" };
  return styleOfOptions(memberOf(sources, options, "loader"), "the loader");
}
