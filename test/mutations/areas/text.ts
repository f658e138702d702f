/** Text of a proto in what is emitted: none of it becomes code. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const textMutations: readonly Mutation[] = [
  ...inFile("test/emit/safe-text.test.ts", [
    {
      title: "text: only the first end of a comment is broken",
      file: "src/emit/print/code-file.ts",
      find: '.replaceAll("*/", "*\\\\/")',
      replace: '.replace("*/", "*\\\\/")',
      name: "is a comment",
    },
    {
      title: "text: a template literal runs what it holds",
      file: "src/emit/print/code-file.ts",
      find: '.replace(/`|\\$(?=\\{)/g, "\\\\$&")',
      replace: '.replace(/`/g, "\\\\$&")',
      name: "text of literals",
    },
    {
      title: "text: __proto__ is a key like others",
      file: "src/emit/print/code-file.ts",
      find: 'if (name === "__proto__") return',
      replace: 'if (name === "") return',
      name: "property of its own",
    },
    {
      title: "text: only the first variable of an environment text is kept",
      file: "src/deploy/cloudformation/print/yaml-text.ts",
      find: 'return text.replaceAll("${", "${!");',
      replace: 'return text.replace("${", "${!");',
      name: "keeps every",
    },
    {
      title: "text: a comment is a tag",
      file: "src/emit/print/code-file.ts",
      find: '.replace(/^(\\s*)@/, "$1\\\\@")',
      replace: "",
      name: "is no tag",
    },
    {
      title: "text: control characters stay in literals",
      file: "src/emit/print/code-file.ts",
      find: "escapeDirections(JSON.stringify(text)).replace(/[\\u007f-\\u009f\\u2028\\u2029\\ufeff]/g, escapeCharacter)",
      replace: "escapeDirections(JSON.stringify(text))",
      name: "escape in every literal",
    },
    {
      title: "text: quotes end a literal",
      file: "src/emit/print/code-file.ts",
      find: '.replaceAll("\'", "\\\\\'")',
      replace: "",
      name: "text of literals",
    },
  ]),
  ...inFile("test/emit/print.test.ts", [
    {
      title: "layout: a line is a character too long",
      file: "src/emit/print/document.ts",
      find: "return column + text.length <= width ?",
      replace: "return column + text.length <= width + 1 ?",
      name: "width of a line",
    },
    {
      title: "layout: an operand loses its parentheses",
      file: "src/emit/print/expression.ts",
      find: "return isMixed || precedence[operand.operator] <= precedence[operator] ?",
      replace: "return precedence[operand.operator] <= precedence[operator] ?",
      name: "parentheses",
    },
  ]),
  ...inFile("test/emit/text-directions.test.ts", [
    {
      title: "source: comments reorder text",
      file: "src/emit/print/code-file.ts",
      find: "const text = escapeDirections(comment)",
      replace: "const text = comment",
      name: "idiomatic",
    },
    {
      title: "source: literals reorder text",
      file: "src/emit/print/code-file.ts",
      find: "return escapeDirections(JSON.stringify(text)).replace(",
      replace: "return JSON.stringify(text).replace(",
      name: "idiomatic",
    },
    {
      title: "source: the template reorders text",
      file: "src/deploy/cloudformation/print/yaml-text.ts",
      find: 'escapeDirections(JSON.stringify(text.replace(/\\p{Surrogate}/gu, "\\ufffd"))).replace(',
      replace: 'JSON.stringify(text.replace(/\\p{Surrogate}/gu, "\\ufffd")).replace(',
      name: "idiomatic",
    },
  ]),
  ...inFile("test/deploy/sam.test.ts", [
    {
      title: "templates: a comment names a secret",
      file: "src/deploy/resources/plain-line.ts",
      find: '.replace(/\\$?\\{+/g, "{")',
      replace: "",
      name: "keeps a comment",
    },
  ]),
];
