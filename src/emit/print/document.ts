/**
 * Text with places where a line may break: groups stay on one line where they fit, outer ones break before inner ones. After
 * Philip Wadler, "A prettier printer" (https://homepages.inf.ed.ac.uk/wadler/papers/prettier/prettier.pdf).
 */

/** A piece of text that can be printed at any width. */
export type Document =
  | string
  | readonly Document[]
  | Group
  /** Two columns deeper after breaks; with `ifBroken`, only where that group, printed before, is broken. */
  | { readonly kind: "indent"; readonly content: Document; readonly ifBroken?: Group }
  /** A break, or `flat` in a group that is on one line. */
  | { readonly kind: "line"; readonly flat: "" | " " }
  | Hug
  /** `text` in a group that is broken, else `flat`. */
  | { readonly kind: "ifBroken"; readonly text: string; readonly flat: string };

/** On one line where it fits; else its own breaks are taken. */
export interface Group {
  readonly kind: "group";
  readonly content: Document;
}

/** Like a group; where that does not fit, `last` alone is broken, or, when not even its first line fits, `otherwise` is. */
export interface Hug {
  readonly kind: "hug";
  readonly before: Document;
  readonly last: Document;
  readonly otherwise: Document;
}

/** A part that breaks of its own. */
export function group(content: Document): Group {
  return { kind: "group", content };
}

/** The content of a group, so that it breaks with what is around it; another document as it is. */
export function contentOf(document: Document): Document {
  return typeof document === "object" && "kind" in document && document.kind === "group" ? document.content : document;
}

/** A part whose breaks are two columns deeper. */
export function indent(content: Document): Document {
  return { kind: "indent", content };
}

/** Indented where the group `before`, printed before, is broken. */
export function indentIfBroken(content: Document, before: Group): Document {
  return { kind: "indent", content, ifBroken: before };
}

/** A break or a space. */
export const line: Document = { kind: "line", flat: " " };

/** A break or nothing. */
export const softLine: Document = { kind: "line", flat: "" };

/** Text in a group that is broken, another one where the group is on one line. */
export function ifBroken(text: string, flat = ""): Document {
  return { kind: "ifBroken", text, flat };
}

/** A comma behind the last item of a broken list. */
export const trailingComma: Document = ifBroken(",");

/** `items` with commas and breaks between them. */
export function commaSeparated(items: readonly Document[]): Document {
  return items.flatMap((item, index) => (index === 0 ? [item] : [",", line, item]));
}

/** Items between brackets, one a line where they do not fit; `edge` is the break inside of the brackets. */
export function inBrackets(open: string, items: readonly Document[], close: string, edge: Document): Document {
  if (items.length === 0) return open + close;
  return group([open, indent([edge, commaSeparated(items)]), trailingComma, edge, close]);
}

interface Command {
  readonly document: Document;
  readonly indent: number;
  readonly isBroken: boolean;
}

/** The text of a document on one line. */
export function flatText(document: Document): string {
  if (typeof document === "string") return document;
  if (!("kind" in document)) {
    let text = "";
    for (const part of document) text += flatText(part);
    return text;
  }
  switch (document.kind) {
    case "group":
    case "indent":
      return flatText(document.content);
    case "hug":
      return flatText(document.before) + flatText(document.last);
    default:
      return document.flat;
  }
}

/** The lines of a document that starts at column `column`, without that indentation. */
export function printDocument(document: Document, column: number, width: number): string[] {
  const text = flatText(document);
  return column + text.length <= width ? [text] : printBroken(document, column, width);
}

function printBroken(document: Document, column: number, width: number): string[] {
  const lines = [""];
  const broken = new Set<Group>();
  const commands: Command[] = [{ document, indent: 0, isBroken: true }];
  const room = (): number => width - column - (lines.at(-1) ?? "").length;
  for (let command = commands.pop(); command !== undefined; command = commands.pop()) {
    const { document: part, indent: depth, isBroken } = command;
    if (typeof part === "string") lines.push((lines.pop() ?? "") + part);
    else if (!("kind" in part)) {
      for (const each of [...part].reverse()) commands.push({ ...command, document: each });
    } else if (part.kind === "group") {
      const flat = { document: part.content, indent: depth, isBroken: false };
      const stays = !isBroken || fits(flat, commands, room());
      if (!stays) broken.add(part);
      commands.push({ ...flat, isBroken: !stays });
    } else if (part.kind === "hug") {
      commands.push(...hugged(part, command, commands, room()));
    } else if (part.kind === "indent") {
      const deeper = part.ifBroken === undefined || broken.has(part.ifBroken) ? 2 : 0;
      commands.push({ document: part.content, indent: depth + deeper, isBroken });
    } else if (part.kind === "ifBroken") lines.push((lines.pop() ?? "") + (isBroken ? part.text : part.flat));
    else if (isBroken) lines.push(" ".repeat(depth));
    else lines.push((lines.pop() ?? "") + part.flat);
  }
  return lines;
}

/** The parts of a hug to print, last first. */
function hugged({ before, last, otherwise }: Hug, command: Command, rest: readonly Command[], room: number): Command[] {
  const flat = { ...command, document: [before, last], isBroken: false };
  if (!command.isBroken || fits(flat, rest, room)) return [flat];
  const start = { ...command, document: before, isBroken: false };
  const end = { ...command, document: last, isBroken: true };
  return fits(start, [...rest, end], room) ? [end, start] : [{ ...command, document: otherwise, isBroken: true }];
}

/** Tells whether everything up to the next break that will be taken fits: what follows the group counts up to its first break. */
function fits(first: Command, rest: readonly Command[], room: number): boolean {
  let left = room;
  let following = rest.length;
  const commands = [first];
  while (left >= 0) {
    const command = commands.pop() ?? rest[--following];
    if (command === undefined) return true;
    const { document, isBroken } = command;
    if (typeof document === "string") left -= document.length;
    else if (!("kind" in document)) {
      for (const each of [...document].reverse()) commands.push({ ...command, document: each });
    } else if (document.kind === "hug")
      commands.push({ ...command, document: isBroken ? document.otherwise : [document.before, document.last] });
    else if (document.kind === "group" || document.kind === "indent")
      commands.push({ ...command, document: document.content });
    else if (document.kind === "ifBroken") left -= (isBroken ? document.text : document.flat).length;
    else if (isBroken) return true;
    else left -= document.flat.length;
  }
  return false;
}
