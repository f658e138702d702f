/**
 * Tokens and comments of a .proto file, one at a time.
 * https://protobuf.dev/reference/protobuf/proto3-spec#lexical_elements
 */
/** A name of letters, digits and `_`; a number; a quoted string with its quotes; one other character; or the end of the text. */
export type TokenKind = "identifier" | "number" | "string" | "symbol" | "end";

/** The faults that characters can have. */
export type LexicalFault = "illegalCharacter" | "openString" | "openComment" | "badNumber";

/** Gets each fault; reading goes on behind it. `end` is exclusive. */
export type LexicalFaultListener = (fault: LexicalFault, start: number, end: number) => void;

/* Codes of the characters that tokens begin, end and consist of; `tilde` is the last that a file may have outside of strings and comments. */
const tab = 0x09;
const newline = 0x0a;
const verticalTab = 0x0b;
const carriageReturn = 0x0d;
const space = 0x20;
const doubleQuote = 0x22;
const singleQuote = 0x27;
const closingParenthesis = 0x29;
const asterisk = 0x2a;
const dot = 0x2e;
const slash = 0x2f;
const digitZero = 0x30;
const digitNine = 0x39;
const upperA = 0x41;
const upperZ = 0x5a;
const backslash = 0x5c;
const closingBracket = 0x5d;
const underscore = 0x5f;
const lowerA = 0x61;
const lowerZ = 0x7a;
const closingBrace = 0x7d;
const tilde = 0x7e;

const numberPattern = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fF]?/y;
const illegalRunPattern = /[^\t-\r -~]+/y;

/**
 * Reads `text` front to back and holds the current token in its fields: no object per token, because a generated
 * file may have megabytes of them. Starts before the first token: call `nextWithComment`.
 */
export class Lexer {
  kind: TokenKind = "end";
  /** Offset of the current token. */
  start = 0;
  /** Offset behind the current token. */
  end = 0;

  constructor(
    readonly text: string,
    private readonly onFault: LexicalFaultListener,
  ) {}

  /** Moves to the next token; comments are white space. */
  next(): void {
    this.readToken(this.skipSpace(this.end));
  }

  /**
   * Moves to the next token and returns the comment that leads it, by protoc's rules: comment lines that follow one
   * another (or one block comment) directly above the token. A comment beside the previous token, one with a blank
   * line below it, and one before a closing bracket lead nothing.
   */
  nextWithComment(): string {
    const { text } = this;
    let at = this.end === 0 ? 0 : this.skipRestOfLine(this.end);
    if (at === -1) {
      this.next();
      return "";
    }
    // Pairs of start and end offsets of the comments that may lead the next token.
    let group: number[] = [];
    let groupIsBlock = false;
    for (;;) {
      at = skipBlanks(text, at);
      const isBlock = startsBlockComment(text, at);
      if (isBlock || startsLineComment(text, at)) {
        if (isBlock || groupIsBlock) group = [];
        groupIsBlock = isBlock;
        const end = isBlock ? this.blockCommentEnd(at) : lineEnd(text, at);
        group.push(at, end);
        at = skipNewline(text, isBlock ? skipBlanks(text, end) : end);
      } else if (text.charCodeAt(at) === newline) {
        group = [];
        at++;
      } else {
        break;
      }
    }
    this.readToken(this.skipSpace(at));
    return group.length === 0 || this.closesScope() ? "" : commentText(text, group);
  }

  /** True when the current token is the one-character symbol with this code. */
  isSymbol(code: number): boolean {
    return this.kind === "symbol" && this.text.charCodeAt(this.start) === code;
  }

  /** The characters of the current token. */
  tokenText(): string {
    return this.text.slice(this.start, this.end);
  }

  /** Offset of the line below `at`, over a comment beside the previous token; -1 when another token stands on this line. */
  private skipRestOfLine(at: number): number {
    const { text } = this;
    let end = skipBlanks(text, at);
    if (startsLineComment(text, end)) end = lineEnd(text, end);
    else if (startsBlockComment(text, end)) end = skipBlanks(text, this.blockCommentEnd(end));
    return text.charCodeAt(end) === newline ? end + 1 : end >= text.length ? end : -1;
  }

  private closesScope(): boolean {
    return (
      this.kind === "end" ||
      this.isSymbol(closingBrace) ||
      this.isSymbol(closingBracket) ||
      this.isSymbol(closingParenthesis)
    );
  }

  /** Skips white space, comments and characters that no token may start with. */
  private skipSpace(from: number): number {
    const { text } = this;
    let at = from;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === space || (code >= tab && code <= carriageReturn)) at++;
      else if (startsLineComment(text, at)) at = lineEnd(text, at);
      else if (startsBlockComment(text, at)) at = this.blockCommentEnd(at);
      else if (at < text.length && (code < space || code > tilde)) at = this.skipIllegal(at);
      else return at;
    }
  }

  private skipIllegal(at: number): number {
    illegalRunPattern.lastIndex = at;
    const end = at + (illegalRunPattern.exec(this.text)?.[0].length ?? 1);
    this.onFault("illegalCharacter", at, end);
    return end;
  }

  private blockCommentEnd(at: number): number {
    const close = this.text.indexOf("*/", at + 2);
    if (close !== -1) return close + 2;
    this.onFault("openComment", at, at + 2);
    return this.text.length;
  }

  private readToken(at: number): void {
    const { text } = this;
    const code = text.charCodeAt(at);
    this.start = at;
    if (at >= text.length) this.setToken("end", at);
    else if (isIdentifierStart(code)) this.setToken("identifier", identifierEnd(text, at + 1));
    else if (isDigit(code) || (code === dot && isDigit(text.charCodeAt(at + 1)))) this.readNumber(at);
    else if (code === doubleQuote || code === singleQuote) this.setToken("string", this.stringEnd(at, code));
    else this.setToken("symbol", at + 1);
  }

  private setToken(kind: TokenKind, end: number): void {
    this.kind = kind;
    this.end = end;
  }

  private readNumber(at: number): void {
    numberPattern.lastIndex = at;
    const end = at + (numberPattern.exec(this.text)?.[0].length ?? 1);
    const wordEnd = identifierEnd(this.text, end);
    if (wordEnd > end) this.onFault("badNumber", at, wordEnd);
    this.setToken("number", wordEnd);
  }

  private stringEnd(at: number, quote: number): number {
    const { text } = this;
    for (let end = at + 1; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === quote) return end + 1;
      if (code === newline) break;
      if (code === backslash && text.charCodeAt(end + 1) !== newline) end++;
    }
    const endOfLine = lineEnd(text, at);
    const end = text.charCodeAt(endOfLine - 1) === carriageReturn ? endOfLine - 1 : endOfLine;
    this.onFault("openString", at, end);
    return end;
  }
}

/** The text that SourceCodeInfo has: without markers, and in blocks without the leading `*` of each further line. */
function commentText(text: string, group: readonly number[]): string {
  const start = group[0] ?? 0;
  if (text.charCodeAt(start + 1) === asterisk) {
    const end = group[1] ?? start;
    const closed = text.startsWith("*/", end - 2) && end - start >= 4;
    const body = text.slice(start + 2, closed ? end - 2 : end);
    // The star of `*/` at the start of the last line belongs to the marker, so only white space is left to strip there.
    return body.replace(/\n[ \t\r\v\f]*\*?/g, "\n");
  }
  let comment = "";
  for (let i = 0; i < group.length; i += 2) {
    comment += `${text.slice((group[i] ?? 0) + 2, group[i + 1])}\n`;
  }
  return comment;
}

function startsLineComment(text: string, at: number): boolean {
  return text.charCodeAt(at) === slash && text.charCodeAt(at + 1) === slash;
}

function startsBlockComment(text: string, at: number): boolean {
  return text.charCodeAt(at) === slash && text.charCodeAt(at + 1) === asterisk;
}

/** Skips white space that does not end the line. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== space && code !== tab && !(code >= verticalTab && code <= carriageReturn)) return at;
    at++;
  }
}

function skipNewline(text: string, at: number): number {
  return text.charCodeAt(at) === newline ? at + 1 : at;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

function identifierEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (!isIdentifierStart(code) && !isDigit(code)) return at;
    at++;
  }
}

function isIdentifierStart(code: number): boolean {
  return (code >= lowerA && code <= lowerZ) || (code >= upperA && code <= upperZ) || code === underscore;
}

function isDigit(code: number): boolean {
  return code >= digitZero && code <= digitNine;
}
