/**
 * Methods for RPCs that an existing implementation lacks: they are found, and added to the object or the class that has the
 * others. Nothing else in the text changes. ts-morph is loaded with this module.
 */
import type { SourceFile } from "ts-morph";
import type { Diagnostic } from "../../diagnostics.js";
import type { MethodPlace } from "../code/methods.js";
import { openSources, type Sources } from "../code/sources.js";
import { importType, importValue } from "./add-import.js";
import { leftOverMethod, missingMethods, unparsableFile } from "./handler-findings.js";
import { insertMember } from "./insert-member.js";
import { leftOverMethods } from "./left-over-methods.js";
import { locateObject, placeProblem } from "./locate-object.js";
import { functionOf, isInline, type Member, memberName, membersIn } from "./members.js";
import { type NewMember, type Pattern, writeMember } from "./new-member.js";
import { type HandlerChange, openProjectTexts, type ProjectTexts } from "./project-texts.js";
import { applyEdits, formOf, type TextEdit, type TextForm } from "./text-form.js";
import type { WantedApi, WantedMethod, WantedService } from "./wanted-service.js";

/** The changes, and findings: what is missing, left over, or cannot be read. */
export interface HandlerUpdates {
  readonly changes: readonly HandlerChange[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Looks at the implementations below `root` (absolute). What is missing is added to the changes with `add`, and reported without. */
export function updateHandlers(root: string, api: WantedApi, add: boolean): HandlerUpdates {
  const texts = openProjectTexts(root);
  const diagnostics = api.services.flatMap((service) => updateService(texts, api, service, add));
  const distinct = new Map(diagnostics.map((one) => [JSON.stringify([one.code, one.location]), one]));
  return { changes: texts.changes(), diagnostics: [...distinct.values()] };
}

function updateService(texts: ProjectTexts, api: WantedApi, service: WantedService, add: boolean): Diagnostic[] {
  const sources = texts.open();
  const located = locateObject(sources, service);
  if (located.kind === "unparsable") return [unparsableFile(located.file, located.fault)];
  if (located.kind === "unknown" || located.object.methods === undefined) return [];
  const { methods, place } = located.object;
  const leftOver = leftOvers(sources, api, service, place);
  const missing = service.methods.filter(({ names }) => !names.some((name) => methods.includes(name)));
  if (missing.length === 0) return leftOver;
  const problem = placeProblem(sources, place);
  if (!add || problem !== undefined) return [...leftOver, missingMethods(sources, service, missing, place, problem)];
  for (const method of missing) addMethod(texts, api, service, method);
  return leftOver;
}

function leftOvers(
  sources: Sources,
  api: WantedApi,
  service: WantedService,
  place: MethodPlace | undefined,
): Diagnostic[] {
  if (place === undefined) return [];
  const found = leftOverMethods(place, (name) => api.declared.has(name));
  return found.map((member) => leftOverMethod(sources, service, member));
}

function addMethod(texts: ProjectTexts, api: WantedApi, service: WantedService, method: WantedMethod): void {
  const sources = texts.open();
  const located = locateObject(sources, service);
  if (located.kind !== "object" || located.object.place === undefined) return;
  const { place } = located.object;
  const file = place.getSourceFile();
  const text = file.getFullText();
  const form = formOf(text);
  const served = methodsIn(place, api);
  const name = nameLike(served, method);
  const made = writeMember(method, name, choosePattern(served, method), file, form);
  const edit = insertMember(place, served.at(-1)?.member, made, form);
  const path = sources.pathOf(file);
  texts.put(path, addImports(path, applyEdits(text, [edit]), made, api, form), name);
}

/** One import after the other: each changes the places of the next. */
function addImports(path: string, text: string, made: NewMember, { messages }: WantedApi, form: TextForm): string {
  const changes: ((file: SourceFile) => TextEdit | undefined)[] = [
    ...made.types.map((type) => (file: SourceFile) => importType(file, type, messages, form)),
    ...made.values.map((value) => (file: SourceFile) => importValue(file, value, form)),
  ];
  return changes.reduce((changed, change) => {
    const file = openSources("", [path], () => changed).open(path);
    const edit = file && change(file);
    return edit === undefined ? changed : applyEdits(changed, [edit]);
  }, text);
}

/** A member, and the RPC that it implements. */
interface Served {
  readonly member: Member;
  readonly method: WantedMethod;
}

/** The members that implement RPCs, of any service, in the order of the text. */
function methodsIn(place: MethodPlace, { services }: WantedApi): Served[] {
  const methods = services.flatMap((service) => service.methods);
  return membersIn(place).flatMap((member) => {
    const method = methods.find(({ names }) => names.includes(memberName(member)));
    return method === undefined ? [] : [{ member, method }];
  });
}

/** `getShelf` or `GetShelf`, as the others are. */
function nameLike(served: readonly Served[], method: WantedMethod): string {
  const isUpper = served.length > 0 && served.every((one) => memberName(one.member) === one.method.name);
  return (isUpper ? method.name : method.names[1]) ?? method.name;
}

/** The last method of the same kind that is written out, otherwise the last of any kind. */
function choosePattern(served: readonly Served[], wanted: WantedMethod): Pattern | undefined {
  const patterns = served
    .flatMap(({ member, method }): Pattern[] => {
      const written = functionOf(member);
      return written === undefined ? [] : [{ member, method, written }];
    })
    .reverse();
  const isAlike = ({ method }: Pattern): boolean =>
    method.clientStreaming === wanted.clientStreaming && method.serverStreaming === wanted.serverStreaming;
  const inline = patterns.filter(({ member, written }) => isInline(member, written));
  return inline.find(isAlike) ?? patterns.find(isAlike) ?? inline[0] ?? patterns[0];
}
