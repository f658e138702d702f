/** Text of a .proto file in generated code: it stays text, however often it tries to end what it stands in, and the code that holds it runs. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { docComment, propertyKey, stringLiteral, templateText, textLiteral } from "../../src/emit/print/code-file.js";
import { subText } from "../../src/deploy/sam/yaml-text.js";

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

it("keeps every `${` of a text in a template of CloudFormation", () => {
  expect(subText("${A} $ { ${AWS::Region}${B}")).toBe("${!A} $ { ${!AWS::Region}${!B}");
});
