/**
 * Splits a template that is past the limits of a stack: functions go to nested stacks, by service, and permissions where these are too many. Who is where depends on the names
 * of functions alone, so that one RPC more moves no other function.
 */
import { createHash } from "node:crypto";
import { compareText } from "../../diagnostics.js";
import { pascalCase, uniqueNames } from "../../plan/naming.js";
import { entries, type Document, noted } from "../resources/document.js";
import type { FunctionResource, ResourceModel } from "../resources/resource-model.js";
import type { Dialect } from "./dialect.js";
import type { LogicalIds } from "./intrinsics.js";
import { logicalIds } from "./logical-ids.js";
import { mapReferences, type Reference, referencesOf, referenceTo } from "./references.js";
import { typeOf } from "./resource-type.js";
import type { Template } from "./sections.js";

/** Resources of a nested stack that are those of functions: some less than 500. With two outputs for each function there are less than 200. */
const maxOfFunctions = 480;

/** Functions of a nested stack: each has six resources, and with releases a version, an alias, and what moves requests. */
function maxFunctions({ release }: ResourceModel): number {
  const own = release === undefined ? 6 : release.shifts ? 9 : 8;
  return Math.floor(maxOfFunctions / own);
}

/** Permissions of a nested stack, which has a parameter for each function: 200 are allowed. */
const maxPermissions = 180;

/** Resources of the root beyond which permissions are nested, too; an API has a few more than the template says. */
const maxInRoot = 480;

/** A stack in a stack. */
export interface NestedStack {
  /** `LibraryService`, or `LibraryService2`. */
  readonly name: string;
  readonly template: Template;
}

/** The root, and the nested stacks with the functions of a service each. Permissions to call come after the API that they name. */
export function splitStack(
  template: Template,
  model: ResourceModel,
  dialect: Dialect,
  pathOf: (name: string) => string,
): { readonly root: Template; readonly nested: readonly NestedStack[] } {
  const homes = nestedStackOf(template, model, logicalIds(model, dialect));
  const names = [...new Set(homes.values())].sort(compareText);
  const outputs = new Map(names.map((name) => [name, new Map<string, Document>()]));
  const inRoot = (content: Document): Document =>
    mapReferences(content, (reference) => {
      const home = homes.get(reference.id);
      if (home === undefined) return reference;
      const output = `${reference.id}${(reference.attribute ?? "").replaceAll(".", "")}`;
      outputs.get(home)?.set(output, { Value: referenceTo(reference) });
      return { id: stackId(home), attribute: `Outputs.${output}` };
    });
  const kept = template.resources
    .filter(([id]) => !homes.has(id))
    .map(([id, content]) => [id, inRoot(content)] as const);
  const rootOutputs = template.outputs.map(([name, content]) => [name, inRoot(content)] as const);
  const split = names.map((name) => nestedStack(name, template, homes));
  const stacks = split.map(({ stack, passed }) => {
    const given = passed.map(([name, value]) => [name, inRoot(value)] as const);
    return [stackId(stack.name), stackResource(stack.name, given, pathOf)] as const;
  });
  const nested = split.map(({ stack: { name, template: own } }) => {
    return { name, template: { ...own, outputs: [...(outputs.get(name) ?? [])] } };
  });
  return { root: { ...template, resources: [...stacks, ...kept], outputs: rootOutputs }, nested };
}

function stackId(name: string): string {
  return `${name}Stack`;
}

/** Ends of the logical ids of a function's resources, except for its alias and its version. */
const kindsOfFunction = [
  ..."Function Role LogGroup Url UrlPermission TargetGroup Permission DeploymentGroup".split(" "),
];

/** The nested stack of each resource that is in one, by logical id. */
export function nestedStackOf({ resources }: Template, model: ResourceModel, ids: LogicalIds): Map<string, string> {
  const stacks = stacksOf(
    model.functions.filter(({ isUnrouted }) => !isUnrouted),
    maxFunctions(model),
  );
  const aliases = [...stacks].flatMap(([id, stack]): [string, string][] =>
    ids.alias === undefined ? [] : [[`${ids.functions.get(id) ?? id}${ids.alias}`, stack]],
  );
  const homes = new Map<string, string>();
  for (const [id, stack] of stacks) {
    const own = ids.functions.get(id) ?? id;
    for (const kind of kindsOfFunction) homes.set(`${own}${kind}`, stack);
    homes.set(ids.versions.get(id) ?? `${own}Version`, stack);
  }
  const callers = resources.filter(([, content]) => referencesOf(content).some(({ id }) => id === ids.api));
  for (const [id] of callers) homes.delete(id);
  const existing = new Set(resources.map(([id]) => id));
  const placed = [...homes].filter(([id]) => existing.has(id));
  const stackCount = new Set(stacks.values()).size;
  if (resources.length - placed.length + stackCount <= maxInRoot) return new Map([...placed, ...aliases]);
  const permissions = callers.map(([id]) => id).filter((id) => id.endsWith("Permission"));
  return new Map([...placed, ...aliases, ...spread(permissions, "Permissions", maxPermissions)]);
}

/** The name of the stack of each function, by `FunctionResource.id`. */
function stacksOf(functions: readonly FunctionResource[], most: number): Map<string, string> {
  const services = new Map<string, string[]>();
  for (const { id, service = "" } of functions) services.set(service, [...(services.get(service) ?? []), id]);
  const wanted = new Map([...services.keys()].map((name) => [name, pascalCase(name.split(".").at(-1) ?? "")]));
  const names = uniqueNames(wanted);
  return new Map([...services].flatMap(([service, ids]) => spread(ids, names.get(service) ?? "", most)));
}

/** Names, spread over as few stacks as hold them with `most` each. */
function spread(ids: readonly string[], name: string, most: number): [id: string, stack: string][] {
  for (let count = Math.ceil(ids.length / most); ; count++) {
    const placed = ids.map((id): [string, string] => [id, count === 1 ? name : `${name}${(hashOf(id) % count) + 1}`]);
    const sizes = new Map<string, number>();
    for (const [, stack] of placed) sizes.set(stack, (sizes.get(stack) ?? 0) + 1);
    if (Math.max(...sizes.values()) <= most) return placed;
  }
}

function hashOf(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0);
}

/** A parameter of a nested stack, and what its parent gives. */
type Passed = readonly [name: string, value: Document];

function nestedStack(
  name: string,
  { head, parameters, globals, resources }: Template,
  homes: ReadonlyMap<string, string>,
): { readonly stack: NestedStack; readonly passed: readonly Passed[] } {
  const types = new Map(parameters);
  const needed = new Map<string, { readonly declared: Document; readonly passed: Document }>();
  const logFolder = freeName("LogFolder", types);
  const inNested = (content: Document): Document =>
    mapReferences(content, (reference) => {
      if (homes.get(reference.id) === name || isPseudo(reference)) return reference;
      // A function that moves to another stack has its new log group before the old one goes, and there are no two of one name.
      if (reference.id === "AWS::StackName" && typeOf(content) === "AWS::Logs::LogGroup") {
        needed.set(logFolder, { declared: { Type: "String" }, passed: { "Fn::Sub": `\${AWS::StackName}/${name}` } });
        return { id: logFolder };
      }
      const parameter = parameterName(reference, types);
      const declared = types.get(reference.id);
      needed.set(parameter, passParameter(reference, declared));
      return { id: parameter };
    });
  const own = resources
    .filter(([id]) => homes.get(id) === name)
    .map(([id, content]) => [id, inNested(content)] as const);
  const settings = globals.map(([section, content]) => [section, inNested(content)] as const);
  const description = noted("The functions of a service; the stack that names this file has the front door.", name);
  const template = {
    head: [...head.filter(([key]) => key !== "Description"), ["Description", description] as const],
    parameters: [...needed].map(([parameter, { declared }]) => [parameter, declared] as const),
    conditions: [],
    globals: settings,
    resources: own,
    outputs: [],
  };
  return { stack: { name, template }, passed: [...needed].map(([parameter, { passed }]) => [parameter, passed]) };
}

/** Facts that are the same in every stack. The name is not: it is that of the whole API. */
function isPseudo({ id }: Reference): boolean {
  return id.startsWith("AWS::") && id !== "AWS::StackName";
}

function parameterName({ id, attribute }: Reference, taken: ReadonlyMap<string, unknown>): string {
  return id === "AWS::StackName" ? freeName("ApiStackName", taken) : `${id}${(attribute ?? "").replaceAll(".", "")}`;
}

/** A name that no parameter of the root has: those are the user's, too. */
function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  let name = wanted;
  while (taken.has(name)) name += "2";
  return name;
}

/** Lists are passed as text with commas. */
function passParameter(reference: Reference, declared: Document | undefined): { declared: Document; passed: Document } {
  const type = declared === undefined ? "String" : typeOf(declared);
  const value = referenceTo(reference);
  const isList = type.startsWith("List<") || type === "CommaDelimitedList";
  return { declared: { Type: type }, passed: isList ? { "Fn::Join": [",", value] } : value };
}

function stackResource(name: string, passed: readonly Passed[], pathOf: (name: string) => string): Document {
  return {
    Type: "AWS::CloudFormation::Stack",
    DeletionPolicy: "Delete",
    UpdateReplacePolicy: "Delete",
    Properties: { TemplateURL: pathOf(name), Parameters: passed.length === 0 ? undefined : entries(passed) },
  };
}
