/**
 * Differences between the messages of two versions in JSON. They are compared member by member from the RPCs down, so that a message
 * with another name and the same members is no difference: clients do not see its name.
 */
import type { Enum, Field, FieldShape, Message } from "../model/api-model.js";
import { indexModel, type ModelIndex } from "../model/model-index.js";
import type { MethodPlan, Plan } from "../plan/plan.js";
import { type Change, change } from "./change.js";

type Direction = "request" | "reply";

/** The two sides, and what was compared already. */
interface Comparison {
  readonly old: ModelIndex;
  readonly now: ModelIndex;
  readonly originalNames: boolean;
  readonly binary: boolean;
  readonly direction: Direction;
  readonly seen: Set<string>;
  readonly changes: Map<string, Change>;
}

/** Compares requests and replies of the RPCs that both versions have. */
export function compareMessages(before: Plan, after: Plan): Change[] {
  const [old, now] = [indexModel(before.model), indexModel(after.model)];
  const changes = new Map<string, Change>();
  const methods = new Map(after.methods.map((planned) => [planned.method.fullName, planned]));
  for (const planned of before.methods) {
    const other = methods.get(planned.method.fullName);
    if (other === undefined) continue;
    for (const found of compareCalls(planned, other)) changes.set(found.id, found);
  }
  for (const direction of ["request", "reply"] as const) {
    const { originalNames, binary = false } = after.transcoding;
    const comparison = { old, now, originalNames, binary, direction, seen: new Set<string>(), changes };
    for (const { method } of before.methods) {
      const other = methods.get(method.fullName)?.method;
      if (other === undefined) continue;
      const side = direction === "request" ? "input" : "output";
      compareTypes(comparison, method[side], other[side]);
    }
  }
  return [...changes.values()];
}

function compareCalls({ method, successStatus: status = 200 }: MethodPlan, now: MethodPlan): Change[] {
  const words = (streams: boolean): string => (streams ? "a stream" : "one message");
  const { clientStreaming, serverStreaming } = now.method;
  const newStatus = now.successStatus ?? 200;
  return [
    ...(method.serverStreaming === serverStreaming
      ? []
      : [
          change(
            "stream",
            `${method.fullName} reply`,
            true,
            `${method.fullName} replies with ${words(serverStreaming)}, before with ${words(method.serverStreaming)}`,
          ),
        ]),
    ...(method.clientStreaming === clientStreaming
      ? []
      : [
          change(
            "stream",
            `${method.fullName} request`,
            true,
            `${method.fullName} takes ${words(clientStreaming)}, before ${words(method.clientStreaming)}`,
          ),
        ]),
    ...(status === newStatus
      ? []
      : [
          change(
            "status",
            method.fullName,
            true,
            `${method.fullName} replies with status ${newStatus}, before with ${status}`,
          ),
        ]),
  ];
}

/** Walks pairs of messages with a list of its own: types may hold themselves. */
function compareTypes(comparison: Comparison, before: string, after: string): void {
  const pending: [string, string][] = [[before, after]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const key = pair.join(" ");
    if (comparison.seen.has(key)) continue;
    comparison.seen.add(key);
    const [old, now] = [comparison.old.messages.get(pair[0]), comparison.now.messages.get(pair[1])];
    if (old !== undefined && now !== undefined) pending.push(...comparePair(comparison, old, now));
  }
}

/** Compares two messages; gives the pairs of messages that their fields hold. */
function comparePair(comparison: Comparison, old: Message, now: Message): [string, string][] {
  if (old.wellKnown !== now.wellKnown) {
    note(comparison, old.fullName, true, `is ${describeMessage(now)} in JSON, before ${describeMessage(old)}`);
    return [];
  }
  if (old.wellKnown !== undefined) return [];
  const pairs: [string, string][] = [];
  for (const field of old.fields) {
    const other = findField(comparison, field, now);
    if (other === undefined) note(comparison, field.fullName, true, "is gone");
    else pairs.push(...compareFields(comparison, field, other));
  }
  for (const field of now.fields.filter((one) => findField(comparison, one, old) === undefined)) {
    const isRequired = comparison.direction === "request" && field.presence === "required";
    note(comparison, `${field.fullName} new`, isRequired, isRequired ? "is new and required" : "is new");
  }
  return pairs;
}

function describeMessage({ wellKnown }: Message): string {
  return wellKnown === undefined ? "an object of its fields" : `as google.protobuf.${wellKnown}`;
}

/** The field with the same member of JSON; a request may name it in two ways. */
function findField({ originalNames, direction }: Comparison, field: Field, message: Message): Field | undefined {
  const printed = (one: Field): string => (originalNames ? one.name : one.jsonName);
  const same = message.fields.find((one) => printed(one) === printed(field));
  if (same !== undefined || direction === "reply") return same;
  return message.fields.find((one) => one.name === field.name && one.jsonName === field.jsonName);
}

function compareFields(comparison: Comparison, old: Field, now: Field): [string, string][] {
  const { direction, binary } = comparison;
  if (binary && old.number !== now.number)
    note(comparison, `${old.fullName} number`, true, `has number ${now.number}, before ${old.number}`);
  if (direction === "reply" && presenceText(old) !== presenceText(now))
    note(comparison, `${old.fullName} presence`, true, `${presenceText(now)}, before it ${presenceText(old)}`);
  if (direction === "request" && old.presence !== "required" && now.presence === "required")
    note(comparison, `${old.fullName} presence`, true, "is required");
  return compareShapes(comparison, old.fullName, old.shape, now.shape);
}

function presenceText({ presence, oneof, proto3Optional }: Field): string {
  if (oneof !== undefined || proto3Optional) return "is left out when it is not set";
  return presence === "implicit" ? "holds its default when it is not set" : "is null when it is not set";
}

function compareShapes(comparison: Comparison, name: string, old: FieldShape, now: FieldShape): [string, string][] {
  if (old.kind === "message" && now.kind === "message" && sameForm(comparison, old.fullName, now.fullName))
    return [[old.fullName, now.fullName]];
  if (old.kind === "list" && now.kind === "list") return compareShapes(comparison, name, old.item, now.item);
  if (old.kind === "map" && now.kind === "map" && old.key === now.key)
    return compareShapes(comparison, name, old.value, now.value);
  if (old.kind === "enum" && now.kind === "enum") {
    compareEnums(comparison, old.fullName, now.fullName);
    return [];
  }
  const [was, is] = [describeShape(old), describeShape(now)];
  if (was === is || isWider(comparison, was, is)) return [];
  note(comparison, `${name} type`, true, `is ${is}, before ${was}`);
  return [];
}

/** Tells whether two messages are objects of their fields, or the same well-known type. */
function sameForm({ old, now }: Comparison, before: string, after: string): boolean {
  return old.messages.get(before)?.wellKnown === now.messages.get(after)?.wellKnown;
}

function describeShape(shape: FieldShape): string {
  switch (shape.kind) {
    case "scalar":
      return jsonTypes[shape.scalar] ?? shape.scalar;
    case "enum":
    case "message":
      return shape.fullName;
    case "list":
      return `a list of ${describeShape(shape.item)}`;
    case "map":
      return `a map of ${jsonTypes[shape.key] ?? shape.key} to ${describeShape(shape.value)}`;
    default:
      return shape satisfies never;
  }
}

/** Scalars that are the same in JSON, by the one that speaks for them. */
const jsonTypes: Readonly<Record<string, string>> = {
  sint32: "int32",
  sfixed32: "int32",
  fixed32: "uint32",
  sint64: "int64",
  sfixed64: "int64",
  fixed64: "uint64",
};

/** Texts that the new type takes as well, in requests; in JSON a float prints as a double of few digits. */
function isWider({ direction, binary }: Comparison, was: string, is: string): boolean {
  if (binary) return false;
  const wider =
    direction === "request" ? ["int32 int64", "uint32 uint64", "uint32 int64", "float double"] : ["float double"];
  return wider.includes(`${was} ${is}`);
}

function compareEnums(comparison: Comparison, before: string, after: string): void {
  const [old, now] = [comparison.old.enums.get(before), comparison.now.enums.get(after)];
  if (old === undefined || now === undefined) return;
  const isRequest = comparison.direction === "request";
  for (const name of valueNames(old))
    if (!valueNames(now).has(name)) note(comparison, `${before}.${name}`, isRequest, "is gone");
  for (const name of valueNames(now))
    if (!valueNames(old).has(name)) note(comparison, `${before}.${name} new`, false, "is new");
}

function valueNames({ values }: Enum): ReadonlySet<string> {
  return new Set(values.map(({ name, jsonName }) => jsonName ?? name));
}

function note({ direction, changes }: Comparison, subject: string, breaking: boolean, text: string): void {
  const [name = ""] = subject.split(" ");
  const found = change(
    direction,
    subject,
    breaking,
    `${name} ${text}, in ${direction === "request" ? "requests" : "replies"}`,
  );
  changes.set(found.id, found);
}
