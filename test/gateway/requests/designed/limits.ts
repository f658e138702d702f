/** Depth, size, and numbers of messages. */
import type { DescField } from "@bufbuild/protobuf";
import { type Binding, streamsReplies, streamsRequests } from "../api.js";
import type { RequestCase } from "../request-case.js";
import type { Design } from "./design.js";

const depths = [50, 99, 100, 101, 150, 500, 1000, 5000, 9990, 10010];
const sizes = [1000, 100_000, 900_000, 3_000_000, 4_194_000, 4_194_300, 4_500_000, 5_900_000];

/** What is large. */
export function* limits(design: Design): Generator<RequestCase> {
  const whole = design.api.bindings.filter(({ body, kind }) => body === "*" && kind === "unary");
  for (const binding of whole.slice(0, 6)) yield* nesting(design, binding);
  yield* texts(design, whole);
  for (const binding of design.api.bindings) {
    if (streamsRequests(binding)) yield* streams(design, binding);
    if (streamsReplies(binding))
      for (const count of [0, 1, 2, 1000]) yield design.make(`answer of ${count}`, binding, { plan: { count } });
  }
  for (const binding of design.api.bindings.filter(({ body }) => body !== "*").slice(0, 5)) {
    const path = design.plainPath(binding);
    const many = Array.from({ length: 1000 }, (_, number) => `u${number}=1`).join("&");
    yield design.make("long query", binding, { target: `${path}?unknown=${"x".repeat(5000)}` });
    yield design.make("many parameters", binding, { target: `${path}?${many}` });
  }
}

const nested = (open: string, inner: string, close: string, depth: number): string =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;

function* nesting({ make }: Design, binding: Binding): Generator<RequestCase> {
  for (const depth of depths) {
    const arrays = nested("[", "", "]", depth);
    const objects = nested('{"a":', "1", "}", depth);
    yield make(`unknown arrays ${depth} deep`, binding, { body: `{"unknownX":${arrays}}` });
    yield make(`unknown objects ${depth} deep`, binding, { body: `{"unknownX":${objects}}` });
    if (depth > 1000) continue;
    for (const field of binding.input.fields) {
      const value = deepValue(field, depth, arrays, objects);
      const body = `{${JSON.stringify(field.jsonName)}:${value}}`;
      if (value !== undefined) yield make(`${field.name} ${depth} deep`, binding, { body, plan: { echo: true } });
    }
  }
}

function deepValue(field: DescField, depth: number, arrays: string, objects: string): string | undefined {
  if (field.fieldKind !== "message") return undefined;
  const { typeName, fields } = field.message;
  if (/protobuf\.(Struct|Value)$/.test(typeName)) return objects;
  if (typeName === "google.protobuf.ListValue") return arrays;
  const again = fields.find(({ message }) => message === field.message);
  if (again === undefined || again.fieldKind === "map") return undefined;
  const name = JSON.stringify(again.jsonName);
  return again.fieldKind === "list" ? nested(`{${name}:[`, "{}", "]}", depth) : nested(`{${name}:`, "{}", "}", depth);
}

function* texts({ make }: Design, whole: readonly Binding[]): Generator<RequestCase> {
  const isText = (field: DescField): boolean => field.fieldKind === "scalar" && field.scalar === 9;
  const echoes = whole.filter(({ input, output }) => input === output && input.fields.some(isText));
  for (const binding of echoes.slice(0, 2)) {
    const name = binding.input.fields.find(isText)?.jsonName ?? "";
    for (const size of sizes)
      yield make(`text of ${size}`, binding, {
        body: JSON.stringify({ [name]: "x".repeat(size) }),
        plan: { echo: true },
      });
  }
}

const streamTexts = ["{}\n{}\n", "{}{}", "[{},{}]", "{} x", "{},{}", "null", "{}null", '{}{"a"', "  ", "{}\n\n\n{}"];

function* streams({ make }: Design, binding: Binding): Generator<RequestCase> {
  for (const count of [0, 1, 2, 100, 10_000, 10_001])
    yield make(`stream of ${count}`, binding, { body: "{}".repeat(count) });
  for (const body of streamTexts) yield make(`stream ${JSON.stringify(body)}`, binding, { body });
}
