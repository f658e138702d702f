/**
 * Reads the text of one .proto file, all of proto2, proto3 and editions 2023 to 2026.
 * https://protobuf.dev/reference/protobuf/edition-2023-spec
 */
import type { Diagnostic, Span } from "../../diagnostics.js";
import type { Edition, ImportDescriptor, Located } from "../descriptor.js";
import { editionNames, hasVisibility, syntaxNames } from "../edition.js";
import type {
  ParsedEnum,
  ParsedField,
  ParsedFile,
  ParsedMessage,
  ParsedOption,
  ParsedService,
} from "../parsed-file.js";
import { readEnum } from "./read-enum.js";
import { readExtend, readMessage, skipVisibility } from "./read-message.js";
import { readOptionStatement } from "./read-option.js";
import { readService } from "./read-service.js";
import { readStatements } from "./read-statements.js";
import { SourceCursor, SyntaxFault } from "./source-cursor.js";

/** The result of reading one file. With error diagnostics, `file` lacks the statements that they are about. */
export interface ReadProtoResult {
  readonly file: ParsedFile;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file while it is read. */
interface OpenFile {
  readonly imports: ImportDescriptor[];
  readonly messages: ParsedMessage[];
  readonly enums: ParsedEnum[];
  readonly services: ParsedService[];
  readonly extensions: ParsedField[];
  readonly options: ParsedOption[];
  package?: Located<string>;
}

/** The place of each import by its path, to find second ones. */
type ImportPlaces = Map<string, Span>;

/**
 * Reads `text`, the content of the file with the import path `path`. Syntax errors are reported all in one run; names
 * are not resolved and numbers not compared here.
 */
export function readProtoSource(path: string, displayPath: string, text: string): ReadProtoResult {
  const cursor = new SourceCursor(text, displayPath);
  const file: OpenFile = { imports: [], messages: [], enums: [], services: [], extensions: [], options: [] };
  const importPlaces: ImportPlaces = new Map();
  let edition: Located<Edition> = { value: "proto2", span: cursor.spanFrom(0, 0) };
  try {
    edition = readEdition(cursor) ?? edition;
    readStatements(cursor, undefined, () => readFileStatement(cursor, edition.value, file, importPlaces));
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
  }
  return { file: { path, displayPath, edition, ...file }, diagnostics: cursor.diagnostics };
}

/** Reads `syntax = "…";` or `edition = "…";` when the file starts with it. */
function readEdition(cursor: SourceCursor): Located<Edition> | undefined {
  const keyword = cursor.at("syntax") ? "syntax" : "edition";
  if (!cursor.skip(keyword)) return undefined;
  cursor.expect("=");
  const known = keyword === "syntax" ? syntaxNames : editionNames;
  const expected = listNames(known);
  const { text, span } = cursor.expectString(expected);
  cursor.endDeclaration(";");
  const value = known.find((name) => name === text);
  if (value !== undefined) return { value, span };
  cursor.report("PB008", `found ${keyword} "${text}", expected ${expected}`, span);
  // The grammar of the newest is the widest: what follows is then no syntax error.
  return { value: keyword === "syntax" ? "proto3" : "2026", span };
}

/** `"2023", "2024" or "2026"`. */
function listNames(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

function readFileStatement(cursor: SourceCursor, edition: Edition, file: OpenFile, importPlaces: ImportPlaces): void {
  skipVisibility(cursor, edition);
  if (cursor.at("message")) file.messages.push(readMessage(cursor, edition));
  else if (cursor.at("enum")) file.enums.push(readEnum(cursor, edition));
  else if (cursor.at("service")) file.services.push(readService(cursor));
  else if (cursor.at("extend")) readExtend(cursor, edition, file);
  else if (cursor.at("option")) readOptionStatement(cursor, file.options);
  else if (cursor.at("import")) readImport(cursor, edition, file.imports, importPlaces);
  else if (cursor.at("package")) readPackage(cursor, file);
  else if (cursor.at("syntax") || cursor.at("edition")) reportLateEdition(cursor);
  else cursor.fail('"message", "enum", "service", "extend", "import", "option" or "package"');
}

function readPackage(cursor: SourceCursor, file: OpenFile): void {
  const start = cursor.offset;
  cursor.expect("package");
  const name = cursor.expectFullName("a package name", false);
  cursor.endDeclaration(";", '"." or ";"');
  if (file.package !== undefined) {
    cursor.report("PB010", `found a second package statement, expected one`, cursor.spanFrom(start, start + 7), {
      related: [cursor.related("the first one", file.package.span)],
    });
  }
  file.package ??= name;
}

const importKinds = ["public", "weak", "option"] as const;

function readImport(cursor: SourceCursor, edition: Edition, imports: ImportDescriptor[], places: ImportPlaces): void {
  cursor.expect("import");
  const kind =
    importKinds.find((word) => (word !== "option" || hasVisibility(edition)) && cursor.skip(word)) ?? "plain";
  const { text: path, span } = cursor.expectString("the path of a .proto file in quotes");
  cursor.endDeclaration(";");
  const first = places.get(path);
  if (first === undefined) {
    places.set(path, span);
    imports.push({ path, kind, span });
  } else {
    reportSecondImport(cursor, path, span, first);
  }
}

function reportSecondImport(cursor: SourceCursor, path: string, span: Span, first: Span): void {
  cursor.report("PB011", `found "${path}" imported twice, expected once`, span, {
    related: [cursor.related("the first import", first)],
    help: "remove this import",
  });
}

function reportLateEdition(cursor: SourceCursor): void {
  const span = cursor.tokenSpan();
  const article = cursor.at("edition") ? "an" : "a";
  const keyword = cursor.takeText();
  cursor.expect("=");
  cursor.expectString("a string");
  cursor.endDeclaration(";");
  cursor.report(
    "PB009",
    `found ${article} ${keyword} statement here, expected it only as the first statement of the file`,
    span,
  );
}
