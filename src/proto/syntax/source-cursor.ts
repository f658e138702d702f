/** Walks the tokens of one .proto file: what is there, what should be there, and the findings when they differ. */

import type { DiagnosticCode } from "../../diagnostic-codes.js";
import type { Diagnostic, RelatedLocation, Span } from "../../diagnostics.js";
import type { Located } from "../descriptor.js";
import type { OptionString } from "../parsed-file.js";
import { describeLexicalFault, quoteFound, shortenFound } from "./found-text.js";
import { Lexer, type LexicalFault } from "./lex.js";
import { createLineTable, type LineTable } from "./line-table.js";
import { decodeStringLiteral } from "./string-literal.js";

/** Unwinds one statement after its finding was reported; `readStatements` catches it and goes on behind the statement. */
export class SyntaxFault extends Error {}

const escapeHelp =
  "write \\\\ for a backslash; known are \\a \\b \\f \\n \\r \\t \\v \\? \\' \\\" \\112 \\x4a \\u004a \\U0001f600";

/** Messages 32 deep in the deepest of packages have fewer. */
export const maxNameParts = 200;

/** A damaged file has no end of findings; nobody reads more than these. */
const maxFindings = 100;

/** The reading position in one file, with everything that readers of statements share. */
export class SourceCursor {
  readonly diagnostics: Diagnostic[] = [];
  /** The comment that leads the statement at hand; read it at the start of the statement. */
  comment = "";
  messageDepth = 0;
  private readonly lexer: Lexer;
  private readonly lines: LineTable;
  private previousEnd = 0;
  /** Offset behind the last lexical fault. */
  private faultEnd = -1;

  constructor(
    readonly text: string,
    private readonly displayPath: string,
  ) {
    this.lines = createLineTable(text);
    this.lexer = new Lexer(text, (fault, start, end) => this.reportLexicalFault(fault, start, end));
    this.comment = this.lexer.nextWithComment();
  }

  /** Offset of the current token. */
  get offset(): number {
    return this.lexer.start;
  }

  get atEnd(): boolean {
    return this.lexer.kind === "end";
  }

  /** The place of `text.slice(start, end)`; the end is by default the end of the previous token. */
  spanFrom(start: number, end = this.previousEnd): Span {
    return this.lines.span(start, end);
  }

  /** The place of the current token. */
  tokenSpan(): Span {
    return this.lines.span(this.lexer.start, this.lexer.end);
  }

  next(): void {
    this.previousEnd = this.lexer.end;
    this.lexer.next();
  }

  /** True when the current token is this word or symbol. */
  at(word: string): boolean {
    const { kind, start, end } = this.lexer;
    if (kind !== "identifier" && kind !== "symbol") return false;
    return end - start === word.length && this.text.startsWith(word, start);
  }

  /** True when the current token is a name, a number or a string. */
  atKind(kind: "identifier" | "number" | "string"): boolean {
    return this.lexer.kind === kind;
  }

  /** True when `word` is the current token and `follower` the next one. */
  atPair(word: string, follower: string): boolean {
    if (!this.at(word)) return false;
    const { lexer } = this;
    const { kind, start, end } = lexer;
    lexer.next();
    const found = this.at(follower);
    lexer.kind = kind;
    lexer.start = start;
    lexer.end = end;
    return found;
  }

  /** Goes over `word` if it is the current token, and tells whether it was. */
  skip(word: string): boolean {
    const found = this.at(word);
    if (found) this.next();
    return found;
  }

  /** Goes over `word`; anything else is a finding. `expected` names it where the word alone would mislead. */
  expect(word: string, expected = `"${word}"`): void {
    if (!this.skip(word)) this.fail(expected);
  }

  /** Goes over the `;`, `{` or `}` that ends a declaration: behind it stands the comment of the next one. */
  endDeclaration(word: ";" | "{" | "}", expected = `"${word}"`): void {
    if (!this.at(word)) this.fail(expected);
    this.previousEnd = this.lexer.end;
    this.comment = this.lexer.nextWithComment();
  }

  /** A name without dots. */
  expectName(expected: string): Located<string> {
    const span = this.tokenSpan();
    return { value: this.takeIdentifier(expected), span };
  }

  /** A dotted name, with a leading dot where `mayStartWithDot`. White space around the dots is dropped. */
  expectFullName(expected: string, mayStartWithDot: boolean): Located<string> {
    const start = this.offset;
    const lead = mayStartWithDot && this.skip(".") ? "." : "";
    const parts = [this.takeIdentifier(expected)];
    while (this.skip(".")) parts.push(this.takeIdentifier(expected));
    const span = this.spanFrom(start);
    this.checkNameParts(parts.length, span);
    return { value: lead + parts.join("."), span };
  }

  /** Refuses a dotted name that goes deeper than any real one: looking names up takes time by the square of the depth. */
  checkNameParts(count: number, span: Span): void {
    if (count <= maxNameParts) return;
    this.report("PB012", `found a name of ${count} parts, expected at most ${maxNameParts}`, span);
    throw new SyntaxFault();
  }

  /** A decimal, hexadecimal or octal integer without sign. */
  expectInteger(expected: string): Located<number> {
    const text = this.lexer.kind === "number" ? this.lexer.tokenText() : "";
    if (!/^(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.test(text)) this.fail(expected);
    const isOctal = /^0[0-7]+$/.test(text);
    const value = { value: isOctal ? Number.parseInt(text, 8) : Number(text), span: this.tokenSpan() };
    this.next();
    return value;
  }

  /** The characters of the current token; goes over it. */
  takeText(): string {
    const text = this.lexer.tokenText();
    this.next();
    return text;
  }

  /** One string literal or several adjacent ones. */
  expectString(expected: string): OptionString {
    if (this.lexer.kind !== "string") this.fail(expected);
    const { start, end } = this.lexer;
    let { text, bytes } = this.decodeString();
    const verbatim = text === this.text.slice(start + 1, end - 1);
    this.next();
    if (this.lexer.kind !== "string") {
      return { kind: "string", text, bytes, span: this.lines.span(start + 1, end - 1), verbatim };
    }
    // Joined as bytes: a character may be split between two literals.
    for (; this.lexer.kind === "string"; this.next()) bytes += this.decodeString().bytes;
    text = Buffer.from(bytes, "latin1").toString("utf8");
    return { kind: "string", text, bytes, span: this.spanFrom(start), verbatim: false };
  }

  /** Reports what stands here against what should, and unwinds the statement. */
  fail(expected: string, related?: RelatedLocation): never {
    // A consequence of a fault in the characters is not a finding.
    if (this.faultEnd < this.previousEnd) {
      const message = `found ${this.describeToken()}, expected ${expected}`;
      this.report("PB001", message, this.tokenSpan(), related === undefined ? {} : { related: [related] });
    }
    throw new SyntaxFault();
  }

  report(code: DiagnosticCode, message: string, span: Span, more: Pick<Diagnostic, "help" | "related"> = {}): void {
    if (this.diagnostics.length >= maxFindings) return;
    this.diagnostics.push({ code, severity: "error", message, location: { file: this.displayPath, ...span }, ...more });
  }

  /** A second place in this file, for a finding. */
  related(message: string, span: Span): RelatedLocation {
    return { message, location: { file: this.displayPath, ...span } };
  }

  /** Goes back to `offset`, the start of a token read before. */
  returnTo(offset: number): void {
    this.lexer.end = offset;
    this.next();
  }

  private takeIdentifier(expected: string): string {
    if (this.lexer.kind !== "identifier") this.fail(expected);
    return this.takeText();
  }

  private decodeString(): { text: string; bytes: string } {
    const { start, end } = this.lexer;
    const closed = end - start >= 2 && this.text[end - 1] === this.text[start];
    const content = this.text.slice(start + 1, closed ? end - 1 : end);
    return decodeStringLiteral(content, (from, to) => {
      const message = `found ${quoteFound(content.slice(from, to))}, expected an escape that protobuf knows`;
      this.report("PB005", message, this.lines.span(start + 1 + from, start + 1 + to), { help: escapeHelp });
    });
  }

  private describeToken(): string {
    if (this.lexer.kind === "end") return "the end of the file";
    return this.lexer.kind === "string"
      ? `the string ${shortenFound(this.lexer.tokenText())}`
      : quoteFound(this.lexer.tokenText());
  }

  private reportLexicalFault(fault: LexicalFault, start: number, end: number): void {
    this.faultEnd = fault === "openComment" ? this.text.length : end;
    if (this.diagnostics.length >= maxFindings) return;
    const span = this.lines.span(start, end);
    // `atPair` and `returnTo` read a token twice.
    if (this.diagnostics.some((d) => sameStart(d.location, span))) return;
    const [code, message] = describeLexicalFault(fault, this.text.slice(start, end));
    this.report(code, message, span);
  }
}

function sameStart(a: Span | undefined, b: Span): boolean {
  return a?.line === b.line && a.column === b.column;
}
