/** Differences of two JSON values, walked beside the schema so that every path is one of fields. */
import type { Field, Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import type { RpcRules } from "../rules/comparison-rules.js";
import { type Difference, difference, jsonType, maxDifferences } from "./difference.js";
import { fieldOf, messageBelow } from "../fields/field-path.js";

/** Deeper values are compared as texts: no API nests so deep, and a hostile answer may. */
const maxDepth = 100;

/** The surroundings of a comparison of values. */
export interface JsonComparison {
  readonly index: ModelIndex;
  readonly rules: RpcRules;
}

/** The place of a value: its path, and what the schema says of it. */
interface Place {
  readonly path: string;
  readonly message: Message | undefined;
  readonly field: Field | undefined;
  readonly depth: number;
}

/** Compares two values of a message type; `path` is put in front of every path. */
export function compareJson(
  old: unknown,
  changed: unknown,
  message: Message | undefined,
  comparison: JsonComparison,
  path = "",
): Difference[] {
  const found: Difference[] = [];
  walk(old, changed, { path, message, field: undefined, depth: 0 }, comparison, found);
  return found;
}

function walk(old: unknown, changed: unknown, place: Place, comparison: JsonComparison, found: Difference[]): void {
  if (old === changed || found.length >= maxDifferences) return;
  const { path, depth } = place;
  if (path !== "" && comparison.rules.ignores(path)) return;
  if (jsonType(old) !== jsonType(changed)) found.push(difference("shape", path || "body", old, changed));
  else if (depth > maxDepth) compareTexts(old, changed, place, found);
  else if (Array.isArray(old) && Array.isArray(changed)) compareLists(old, changed, place, comparison, found);
  else if (isRecord(old) && isRecord(changed)) compareMembers(old, changed, place, comparison, found);
  else if (!isTolerated(old, changed, comparison.rules.tolerance(path))) {
    found.push(difference("value", path || "body", old, changed));
  }
}

function compareTexts(old: unknown, changed: unknown, { path }: Place, found: Difference[]): void {
  if (canonicalJson(old) !== canonicalJson(changed)) found.push(difference("value", path, old, changed));
}

type JsonObject = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function compareMembers(
  old: JsonObject,
  changed: JsonObject,
  place: Place,
  comparison: JsonComparison,
  found: Difference[],
): void {
  const isMap = place.field?.shape.kind === "map" && !place.path.endsWith("{}");
  for (const name of new Set([...Object.keys(old), ...Object.keys(changed)])) {
    const below = isMap ? mapPlace(place, comparison) : memberPlace(place, name, comparison);
    walk(memberOf(old, name), memberOf(changed, name), below, comparison, found);
  }
}

function memberOf(record: JsonObject, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function mapPlace({ path, field, depth }: Place, { index }: JsonComparison): Place {
  return { path: `${path}{}`, message: field && messageBelow(field, index), field, depth: depth + 1 };
}

function memberPlace({ path, message, depth }: Place, name: string, { index }: JsonComparison): Place {
  const field = fieldOf(message, name);
  const shown = field?.name ?? shortName(name);
  return {
    path: path === "" ? shown : `${path}.${shown}`,
    message: field && messageBelow(field, index),
    field,
    depth: depth + 1,
  };
}

/** A name that the schema does not know comes from the answer: it may be long, and hold dots. */
function shortName(name: string): string {
  const text = /^[\w@:-]+$/.test(name) ? name : JSON.stringify(name);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function compareLists(
  old: readonly unknown[],
  changed: readonly unknown[],
  place: Place,
  comparison: JsonComparison,
  found: Difference[],
): void {
  const rule = comparison.rules.unordered(place.path);
  const below: Place = { ...place, path: `${place.path}[]`, depth: place.depth + 1 };
  if (rule !== undefined) {
    compareUnordered(old, changed, rule.by, place, below, comparison, found);
    return;
  }
  if (old.length !== changed.length) {
    found.push(difference("shape", `${place.path}.length`, old.length, changed.length));
    return;
  }
  const before: Difference[] = [];
  for (const [at, item] of old.entries()) walk(item, changed[at], below, comparison, before);
  if (before.length === 0) return;
  if (old.length > 1 && sameItems(old, changed)) found.push(difference("order", place.path, old, changed));
  else found.push(...before.slice(0, maxDifferences - found.length));
}

function compareUnordered(
  old: readonly unknown[],
  changed: readonly unknown[],
  by: string | undefined,
  place: Place,
  below: Place,
  comparison: JsonComparison,
  found: Difference[],
): void {
  const keyOf = (item: unknown): string => {
    const field = by === undefined ? undefined : fieldOf(below.message, by);
    const names = by === undefined ? [] : [by, ...(field === undefined ? [] : [field.jsonName])];
    const name = isRecord(item) ? names.find((each) => Object.hasOwn(item, each)) : undefined;
    return canonicalJson(name === undefined || !isRecord(item) ? item : item[name]);
  };
  const rest = new Map<string, unknown[]>();
  for (const item of changed) {
    const key = keyOf(item);
    const twins = rest.get(key);
    if (twins === undefined) rest.set(key, [item]);
    else twins.push(item);
  }
  // Turned around once, because taking from the beginning of a list moves all others in it.
  for (const twins of rest.values()) twins.reverse();
  const lost: unknown[] = [];
  for (const item of old) {
    const twins = rest.get(keyOf(item));
    if (twins === undefined || twins.length === 0) lost.push(item);
    else walk(item, twins.pop(), below, comparison, found);
  }
  const added = [...rest.values()].flatMap((twins) => twins.reverse());
  if (lost.length + added.length === 0) return;
  // Without a key, an item that changed is one lost and one added: those are compared in turn.
  if (by === undefined && lost.length === added.length) {
    for (const [at, item] of lost.entries()) walk(item, added[at], below, comparison, found);
  } else found.push(difference("shape", place.path, lost, added));
}

function sameItems(old: readonly unknown[], changed: readonly unknown[]): boolean {
  const sort = (items: readonly unknown[]): string => JSON.stringify(items.map(canonicalJson).sort());
  return sort(old) === sort(changed);
}

/** JSON text with the members of every object in the order of their names. */
export function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      isRecord(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
    ) ?? ""
  );
}

function isTolerated(old: unknown, changed: unknown, within: number | undefined): boolean {
  if (within === undefined) return false;
  const [left, right] = [amountOf(old), amountOf(changed)];
  return left !== undefined && right !== undefined && Math.abs(left - right) <= within;
}

/** A number, or a text that is one, a Timestamp or a Duration in milliseconds. */
function amountOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (/^-?\d+(\.\d+)?s$/.test(value)) return Number(value.slice(0, -1)) * 1000;
  const time = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
