/** Text of a .proto file in generated code: it stays text, however often it tries to end what it stands in, and the code that holds it runs. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import {
  docComment,
  propertyAccess,
  propertyKey,
  stringLiteral,
  templateText,
  textLiteral,
} from "../../src/emit/print/code-file.js";
import { subText } from "../../src/deploy/cloudformation/print/yaml-text.js";

const folder = mkdtempSync(join(tmpdir(), "safe-text-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
/** What a module exports as default. */
async function evaluate(code: string): Promise<unknown> {
  const path = join(folder, `${files++}.mjs`);
  writeFileSync(path, code);
  return ((await import(pathToFileURL(path).href)) as { readonly default: unknown }).default;
}

/** Each ends what it stands in twice: an escape of the first one alone would leave the second. */
const texts = [
  "*/ throw 1; /* */ throw 2; /*",
  "${process.exit(8)} ${process.exit(9)}",
  "`a` + `b`",
  "$${1}${2}",
  "\\${1} \\${2}",
  '" + 1 + "',
  "' + 1 + '",
  `"" + 1 + "" + ' + 2 + '`,
  "\\",
  "\\`\\`",
  "\n\r\u2028\u2029",
  "</script></script>",
  "\u202e\u202e",
];

describe.each(texts)("%j", (text) => {
  it("is the text of literals", async () => {
    expect(await evaluate(`export default ${stringLiteral(text)};`)).toBe(text);
    expect(await evaluate(`export default ${textLiteral(text)};`)).toBe(text);
    expect(await evaluate(`export default \`${templateText(text)}\`;`)).toBe(text);
    expect(await evaluate(`export default Object.keys({ ${propertyKey(text)}: 1 })[0];`)).toBe(text);
  });

  it("is a comment, and the code behind it is the code", async () => {
    expect(await evaluate([...docComment(text), "export default 7;"].join("\n"))).toBe(7);
  });
});

it.each(["__proto__", "constructor", "toString", "a-b", "1a", ""])("%j is a property of its own", async (name) => {
  const code = `const made = { ${propertyKey(name)}: { own: true } }; export default [Object.keys(made), made.own];`;
  expect(await evaluate(code)).toEqual([[name], undefined]);
});

it.each(["\u007f", "\u0085", "\u009f", "\u2028", "\u2029", "\ufeff", "\u202e", "\0"])(
  "%j is an escape in every literal",
  (text) => {
    for (const literal of [stringLiteral, textLiteral, templateText]) {
      expect(literal(`a${text}b`)).toMatch(/^["']?a\\u[0-9a-f]{4}b["']?$/);
    }
  },
);

it.each([
  ["@internal", "/** \\@internal */"],
  ["  @param a b", "/**  \\@param a b */"],
  ["a @b", "/** a @b */"],
])("the comment %j is no tag", (comment, expected) => {
  expect(docComment(comment)).toEqual([expected]);
});

it.each([
  ["a", ".a", "a"],
  ["$1", ".$1", "$1"],
  ["1a", '["1a"]', '"1a"'],
  ["a-b", '["a-b"]', '"a-b"'],
  ["é", '["é"]', '"é"'],
  ["a\n", '["a\\n"]', '"a\\n"'],
])("%j is reached as %s", (name, access, key) => {
  expect([propertyAccess(name), propertyKey(name)]).toEqual([access, key]);
});

it("keeps every `${` of a text in a template of CloudFormation", () => {
  expect(subText("${A} $ { ${AWS::Region}${B}")).toBe("${!A} $ { ${!AWS::Region}${!B}");
});
