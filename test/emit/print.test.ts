/** Emitted code as data: parentheses where the grammar or the formatter has them, and lines no longer than the formatter's. */
import { expect, it, test } from "vitest";
import { createCodeFile, type Lines, lineWidth, type Statement } from "../../src/emit/print/code-file.js";
import {
  arrow,
  binary,
  call,
  callMethod,
  cast,
  conditional,
  construct,
  every,
  type Expression,
  list,
  literal,
  member,
  not,
  object,
  optionalMember,
  orElse,
  some,
  spread,
  sum,
  template,
  typeOf,
} from "../../src/emit/print/expression.js";
import {
  assign,
  assignObject,
  constant,
  declareFunction,
  guard,
  memberFunction,
  otherwiseDelete,
  returns,
  run,
  throws,
  variable,
  when,
  whenFirst,
} from "../../src/emit/print/statement.js";
import { flatText } from "../../src/emit/print/document.js";
import { layOut } from "../../src/emit/print/lay-out.js";
import { genericType, objectType, unionType } from "../../src/emit/print/type.js";
import { formatChanges } from "../support/format-emitted.js";

function printed(...lines: readonly Lines[]): string {
  const file = createCodeFile("a.ts", "");
  file.printAll(lines);
  return file.toString().trim();
}

const both = every("a", "b");
const either = some("a", "b");
const choice = conditional("a", "b", "c");

test.each<[string, Expression]>([
  ["(a && b) || c", some(both, "c")],
  ["(a || b) && c", every(either, "c")],
  ["a && b && c && d", every(both, every("c", "d"))],
  ["a === b && c > d", every(binary("a", "===", "b"), binary("c", ">", "d"))],
  ["(a ?? b) === c", binary(orElse("a", "b"), "===", "c")],
  ["a - (b - c)", binary("a", "-", binary("b", "-", "c"))],
  ["(a ? b : c) ?? ({} as T)", orElse(choice, cast(object(), "T"))],
  ["a ? (b ?? c) : d", conditional("a", orElse("b", "c"), "d")],
  ["a ? b : b ? c : d", conditional("a", "b", conditional("b", "c", "d"))],
  ["!(a && b)", not(both)],
  ["!f(a)", not(call("f", "a"))],
  ["typeof (a ? b : c)", typeOf(choice)],
  ["[...(a ?? b), ...c]", list(spread(orElse("a", "b")), spread("c"))],
  ["(a.b ??= {}).c", member(binary(member("a", "b"), "??=", object()), "c")],
  ["f((a ??= {}), b)", call("f", binary("a", "??=", object()), "b")],
  ["{} as unknown as T", cast(cast(object(), "unknown"), "T")],
  ["(a as T).b", member(cast("a", "T"), "b")],
  ['a.b?.c["d-e"]', member(optionalMember(member("a", "b"), "c"), "d-e")],
  ["(x) => ({ a: x })", arrow("x", object(["a", "x"]))],
  ["() => (a ? b : c)", arrow("", choice)],
  ["new Map([[a, b]])", construct("Map", list(list("a", "b")))],
  ["`a${b ? `c${d}` : null}e`", template("a", { value: conditional("b", template("c", { value: "d" }), "null") }, "e")],
  ['"a" + b', sum([literal("a"), "b"])],
])("%s has its parentheses", (text, expression) => {
  expect(printed(constant("x", expression))).toBe(`const x = ${text};`);
  expect(flatText(layOut(expression))).toBe(text);
});

it.each([-1, 0, 1])("a statement of the width of a line and %i is on one line, up to it", (more) => {
  const name = "a".repeat(lineWidth + more - "f();".length);
  expect(printed(run(call("f", name)))).toBe(more > 0 ? `f(\n  ${name},\n);` : `f(${name});`);
});

/** Every kind of statement around a name. */
function statements(name: string): Lines[] {
  const field = member("message", name);
  const isSet = binary(field, "!=", "null");
  const value = call(`read${name}`, "reader");
  const single: readonly Statement[] = [
    constant("a", value, name),
    variable("b", orElse("into", object([name, value], ["other", literal("")])), "T"),
    assign(field, conditional(isSet, value, "undefined")),
    assign(field, object(["case", literal(name)], ["value", value]), "??="),
    guard(every(isSet, binary("other", "!==", literal(name))), run(call("refuse", literal(name)))),
    guard(not(callMethod("Object", "hasOwn", "message", literal(name))), assign(field, value)),
    otherwiseDelete(field),
    run(callMethod(binary(field, "??=", list()), "push", value)),
    run(call("order", "message", "2", list(literal(name)), list(literal(`${name}2`), literal("b")))),
    run(call("set", "message", arrow("text", call("BigInt", `${name}(text)`)))),
    throws(call("inField", "error", "key", object([name, literal(name)], ["other", literal(name)]))),
  ];
  return [
    ...single,
    ...when(some(isSet, every(isSet, "b")), [run(value)], throws(call("missing", literal(name)))),
    ...whenFirst(
      [
        [isSet, [run(value)]],
        [binary("a", "===", literal(name)), [run(value)]],
      ],
      [run(value)],
    ),
    returns(sum([literal("{"), template(`,"${name}":`, { value }), conditional(isSet, template(name), literal(""))])),
  ];
}

test("names of every length: the formatter changes nothing", () => {
  const files = Array.from({ length: 70 }, (_, index) => {
    const name = "n".padEnd(3 + index, "abcdefghij");
    const file = createCodeFile(`n${index}.ts`, "// A file.");
    const reply = objectType(`readonly case: "${name}"`, ["readonly value: ", genericType("Map", "string", name)]);
    file.printAll([
      ...declareFunction(
        `export function f${name}`,
        [`reader: ${name}`, "message: M"],
        [name, "undefined"],
        [...statements(name)],
      ),
      ...declareFunction(`export function g${name}`, [], name, statements(name)),
      { document: [`export type T${name} =`, unionType([reply, "undefined"]), ";"] },
      ...assignObject(
        [`export const c${name}: `, genericType("Rpc", name, "Reply")],
        memberFunction("decode", ["http", name], statements(name)),
        "ifWhole",
      ),
    ]);
    return { path: `n${index}.ts`, content: file.toString(), ownership: "generated" as const };
  });
  expect(formatChanges(files)).toEqual([]);
});
