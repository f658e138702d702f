/** Sequences of statements, and how reading goes on behind a wrong one. */
import type { Span } from "../../diagnostics.js";
import { type SourceCursor, SyntaxFault } from "./source-cursor.js";

/** protoc's limit on messages within messages. */
export const maxMessageDepth = 32;

/**
 * Reads statements with `readOne` to the end of the file, or over the `}` that closes the block opened at `open`.
 * A statement with a fault is skipped, so that one run finds the faults of all statements.
 */
export function readStatements(cursor: SourceCursor, open: Span | undefined, readOne: () => void): void {
  while (!(open === undefined ? cursor.atEnd : cursor.at("}"))) {
    if (cursor.atEnd) cursor.fail('"}"', open && cursor.related("the block starts here", open));
    const start = cursor.offset;
    try {
      if (cursor.at(";")) cursor.endDeclaration(";");
      else readOne();
    } catch (fault) {
      if (!(fault instanceof SyntaxFault) || cursor.atEnd) throw fault;
      skipStatement(cursor, start);
    }
  }
  if (open !== undefined) cursor.endDeclaration("}");
}

/** Reads `{ statements }`. */
export function readBlock(cursor: SourceCursor, readOne: () => void): void {
  const open = cursor.tokenSpan();
  cursor.endDeclaration("{");
  readStatements(cursor, open, readOne);
}

/** Reads `{ statements }` of a message; refuses to go deeper than protoc does. */
export function readMessageBlock(cursor: SourceCursor, readOne: () => void): void {
  if (cursor.messageDepth >= maxMessageDepth) {
    cursor.report("PB012", `found a message inside ${maxMessageDepth} others, expected less depth`, cursor.tokenSpan());
    throw new SyntaxFault();
  }
  cursor.messageDepth++;
  try {
    readBlock(cursor, readOne);
  } finally {
    cursor.messageDepth--;
  }
}

/**
 * Goes behind the statement that starts at `start` and has a fault at the current token: behind its `;` or its last
 * `}`, or before the `}` of the block around it. Starts over, because only that way the braces count right.
 */
function skipStatement(cursor: SourceCursor, start: number): void {
  const fault = cursor.offset;
  cursor.returnTo(start);
  for (let depth = 0; !cursor.atEnd; cursor.next()) {
    const closes = cursor.at("}");
    if (closes && depth === 0 && cursor.offset > start) return;
    if (cursor.at("{")) depth++;
    else if (closes) depth--;
    if (depth > 0 || cursor.offset < fault || !(closes || cursor.at(";"))) continue;
    cursor.endDeclaration(closes ? "}" : ";");
    return;
  }
}
