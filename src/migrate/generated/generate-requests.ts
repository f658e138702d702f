/** Requests from the schema: every binding in turn, with values that traffic seldom has. The same seed makes the same requests. */
import type { Binding, Field, FieldShape, Message, Method } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import type { RecordedRequest } from "../requests/recorded-request.js";
import { jsonValue, messageValue, textValue } from "./field-values.js";
import { type Random, seededRandom } from "./random.js";

/** A binding with its RPC. */
export interface GeneratedRoute {
  readonly method: Method;
  readonly binding: Binding;
}

/** Makes `count` requests; streams of requests are left out, because a recording has no better ones either. */
export function* generateRequests(
  routes: readonly GeneratedRoute[],
  index: ModelIndex,
  count: number,
  seed: number,
): Generator<RecordedRequest> {
  const usable = routes.filter(({ method }) => !method.clientStreaming);
  const random = seededRandom(seed);
  for (let number = 1; number <= count && usable.length > 0; number++) {
    const route = usable[(number - 1) % usable.length];
    if (route !== undefined) yield makeRequest(route, index, random, `generated:${number}`);
  }
}

/** Makes a request of a binding. */
export function makeRequest(
  { method, binding }: GeneratedRoute,
  index: ModelIndex,
  random: Random,
  id: string,
): RecordedRequest {
  const input = index.messages.get(method.input);
  const path = makePath(binding, index, random);
  const query = binding.body.kind === "all" ? "" : makeQuery(binding, input, index, random);
  const body = makeBody(binding, input, index, random);
  return {
    id,
    method: binding.httpMethod === "*" ? "POST" : binding.httpMethod,
    target: query === "" ? path : `${path}?${query}`,
    headers: [["accept", "*/*"], ...(body === undefined ? [] : [["content-type", "application/json"] as const])],
    body: Buffer.from(body ?? ""),
  };
}

/** Segments of the template; what a variable of one segment holds is of its field's type. */
function makePath({ template, pathParams }: Binding, index: ModelIndex, random: Random): string {
  const segments = template.segments.map((segment, at) => {
    if (segment.kind === "literal") return escapeText(segment.text);
    const param = pathParams.find(({ variable }) => {
      const found = template.variables[variable];
      return found !== undefined && found.start === at && found.end === at + 1;
    });
    const shape = param?.fields.at(-1)?.shape;
    const text = isElement(shape) ? textValue(shape, index, random) : random.pick(["1", "lem", "a-b", "2"]);
    return segment.kind === "deepWildcard" && random.oneIn(3) ? "a/b" : escapeText(text === "" ? "x" : text);
  });
  return `/${segments.join("/")}${template.verb === "" ? "" : `:${escapeText(template.verb)}`}`;
}

function isElement(shape: FieldShape | undefined): shape is Exclude<FieldShape, { kind: "list" | "map" }> {
  return shape !== undefined && shape.kind !== "list" && shape.kind !== "map";
}

function escapeText(text: string): string {
  return encodeURIComponent(text).replaceAll("%3A", ":");
}

/** Some of the fields that the path does not bind, in either spelling, and now and then a parameter that is unknown. */
function makeQuery(binding: Binding, input: Message | undefined, index: ModelIndex, random: Random): string {
  const bound = new Set(binding.pathParams.map(({ fields }) => fields.map(({ name }) => name).join(".")));
  if (binding.body.kind === "field") bound.add(binding.body.field.name);
  const leaves = input === undefined ? [] : leafFields(input, index, 0).filter(({ path }) => !bound.has(path));
  const chosen = leaves.filter(() => random.oneIn(3)).slice(0, 6);
  const parts = chosen.flatMap(({ path, jsonPath, field }) => {
    const shape = field.shape.kind === "list" ? field.shape.item : field.shape;
    if (!isElement(shape)) return [];
    const name = random.oneIn(2) ? path : jsonPath;
    const times = field.shape.kind === "list" ? 1 + random.integer(2) : 1;
    return Array.from({ length: times }, () => `${name}=${encodeURIComponent(textValue(shape, index, random))}`);
  });
  return [...parts, ...(random.oneIn(20) ? ["no_such_parameter=1"] : [])].join("&");
}

interface Leaf {
  readonly path: string;
  readonly jsonPath: string;
  readonly field: Field;
}

function leafFields(message: Message, index: ModelIndex, depth: number): Leaf[] {
  return message.fields.slice(0, 100).flatMap((field): Leaf[] => {
    const element = field.shape.kind === "list" ? field.shape.item : field.shape;
    if (element.kind === "map") return [];
    const below = element.kind === "message" ? index.messages.get(element.fullName) : undefined;
    if (below === undefined || below.wellKnown !== undefined)
      return [{ path: field.name, jsonPath: field.jsonName, field }];
    if (field.shape.kind === "list" || depth > 1) return [];
    return leafFields(below, index, depth + 1).map((leaf) => ({
      path: `${field.name}.${leaf.path}`,
      jsonPath: `${field.jsonName}.${leaf.jsonPath}`,
      field: leaf.field,
    }));
  });
}

function makeBody(
  { body }: Binding,
  input: Message | undefined,
  index: ModelIndex,
  random: Random,
): string | undefined {
  switch (body.kind) {
    case "none":
      return undefined;
    case "all":
      return JSON.stringify(messageValue(input, index, random));
    case "field":
      return JSON.stringify(jsonValue(body.field, index, random));
    default:
      return body satisfies never;
  }
}
