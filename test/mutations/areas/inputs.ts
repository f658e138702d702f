/** What the generator reads: descriptor sets, YAML, files of other people. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const inputsMutations: readonly Mutation[] = [
  ...inFile("test/proto/set-declarations.test.ts", [
    {
      title: "sets: what is declared twice stays unnoticed",
      file: "src/proto/load.ts",
      find: "hasErrors(set.diagnostics) ? set.diagnostics : checkSetDeclarations(files)",
      replace: "hasErrors(set.diagnostics) ? set.diagnostics : []",
      name: "of one name",
    },
    {
      title: "sets: fields have any number",
      file: "src/proto/check/check-set-declarations.ts",
      find: "number >= 1 && (number <= maxFieldNumber",
      replace: "number >= 0 && (number <= 2 * maxFieldNumber",
      name: "a number b",
    },
    {
      title: "sets: any text is the default of an integer",
      file: "src/proto/options/default-value.ts",
      find: "if (!/^-?\\d{1,20}$/.test(text)) return undefined;",
      replace: "if (!/^-?\\d{1,20}$/.test(text)) return text;",
      name: "has no default",
    },
    {
      title: "sets: packages of any depth",
      file: "src/proto/descriptor-set/decode-file.ts",
      find: "if (parts > maxNameParts) throw",
      replace: "if (parts > 2 * maxNameParts) throw",
      name: "more parts",
    },
  ]),
  ...inFile("test/model/yaml-depth.test.ts", [
    {
      title: "YAML: brackets are not counted",
      file: "src/model/yaml-depth.ts",
      find: "if (code === openBracket || code === openBrace) brackets++;",
      replace: "if (code === openBracket) brackets++;",
      name: "maps in brackets",
    },
    {
      title: "YAML: indentation is not counted",
      file: "src/model/yaml-depth.ts",
      find: "  columns.push(place - at);\n  while",
      replace: "  while",
      name: "indentation: ",
    },
    {
      title: "YAML: indentation never ends",
      file: "src/model/yaml-depth.ts",
      find: "  while ((columns.at(-1) ?? -1) >= place - at) columns.pop();\n",
      replace: "",
      name: "is not deep",
    },
    {
      title: "YAML: deep texts go to the parser",
      file: "src/model/yaml-document.ts",
      find: "if (findTooDeep(text) !== undefined) return",
      replace: 'if (text === "") return',
      name: "service configuration that is too deep",
    },
  ]),
  ...inFile("test/cli/foreign-inputs.test.ts", [
    {
      title: "foreign inputs: a link inside of the project is quoted",
      file: "src/cli/report/conceal.ts",
      find: 'return pathInside(root, file) !== undefined || !real.endsWith(".proto");',
      replace: 'return !real.endsWith(".proto");',
      name: "proto.* as a proto|no more",
    },
    {
      title: "foreign inputs: any file outside of the project is quoted by its path",
      file: "src/cli/report/conceal.ts",
      find: ' || !real.endsWith(".proto");',
      replace: ";",
      name: "by its path",
    },
    {
      title: "foreign inputs: the excerpt stays",
      file: "src/cli/report/conceal.ts",
      find: "endLine: location.line, endColumn: location.column }",
      replace: "endColumn: location.endColumn }",
      name: "as a proto",
    },
    {
      title: "foreign inputs: JSON reports quote them",
      file: "src/cli/report/print-diagnostics.ts",
      find: "found: readonly Diagnostic[], { terminal, root }: ReportPlace): void {\n  const diagnostics = concealForeign(found, root, terminal.cwd);",
      replace:
        "found: readonly Diagnostic[], { terminal, root }: ReportPlace): void {\n  const diagnostics = root === terminal.cwd ? found : [];",
      name: "as a proto",
    },
    {
      title: "inputs: a file of the size allowed is too large",
      file: "src/bounded-file.ts",
      find: "if (size > maximum)",
      replace: "if (size >= maximum && size > 0)",
      name: "below and above the limit",
    },
  ]),
];
