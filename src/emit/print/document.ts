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
  | Lazy
  /** `text` in a group that is broken, else `flat`. */
  | { readonly kind: "ifBroken"; readonly text: string; readonly flat: string };

/** On one line where it fits; else its own breaks are taken. */
export interface Group {
  readonly kind: "group";
  readonly content: Document;
}

/** `flat` in a group that is on one line; else the document that `make` gives, the same each time. */
export interface Lazy {
  readonly kind: "lazy";
  readonly flat: string;
  readonly make: () => Document;
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

/** A part of which only the text is known until a break has to be found in it. */
export function lazy(flat: string, make: () => Document): Lazy {
  let made: Document | undefined;
  return {
    kind: "lazy",
    flat,
    make: () => {
      made ??= make();
      return made;
    },
  };
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

/** A part that is still to be printed. */
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
  const lines: string[] = [];
  let text = "";
  const broken = new Set<Group>();
  const commands: Command[] = [{ document, indent: 0, isBroken: true }];
  const room = (): number => width - column - text.length;
  for (let command = commands.pop(); command !== undefined; command = commands.pop()) {
    const { document: part, indent: depth, isBroken } = command;
    if (typeof part === "string") text += part;
    else if (!("kind" in part)) {
      for (let at = part.length - 1; at >= 0; at--)
        commands.push({ document: part[at] ?? "", indent: depth, isBroken });
    } else if (part.kind === "group") {
      const stays = !isBroken || fits(part.content, commands, room());
      if (!stays) broken.add(part);
      commands.push({ document: part.content, indent: depth, isBroken: !stays });
    } else if (part.kind === "hug") commands.push(...hugged(part, command, commands, room()));
    else if (part.kind === "indent") {
      const deeper = part.ifBroken === undefined || broken.has(part.ifBroken) ? 2 : 0;
      commands.push({ document: part.content, indent: depth + deeper, isBroken });
    } else if (part.kind === "ifBroken") text += isBroken ? part.text : part.flat;
    else if (part.kind === "lazy" && isBroken) commands.push({ document: part.make(), indent: depth, isBroken });
    else if (isBroken) {
      lines.push(text);
      text = " ".repeat(depth);
    } else text += part.flat;
  }
  return [...lines, text];
}

/** The parts of a hug to print, last first. */
function hugged({ before, last, otherwise }: Hug, command: Command, rest: readonly Command[], room: number): Command[] {
  const { indent: depth, isBroken } = command;
  const whole = [before, last];
  if (!isBroken || fits(whole, rest, room)) return [{ document: whole, indent: depth, isBroken: false }];
  const start = { document: before, indent: depth, isBroken: false };
  const end = { document: last, indent: depth, isBroken: true };
  return fits(before, [...rest, end], room) ? [end, start] : [{ document: otherwise, indent: depth, isBroken: true }];
}

/** Tells whether everything up to the next break that will be taken fits: what follows `first` counts up to its first break. */
function fits(first: Document, rest: readonly Command[], room: number): boolean {
  let left = measure(first, false, room);
  for (let at = rest.length - 1; at >= 0 && left >= 0 && left !== Number.POSITIVE_INFINITY; at--) {
    const following = rest[at];
    if (following !== undefined) left = measure(following.document, following.isBroken, left);
  }
  return left >= 0;
}

/** The room that is left behind a document, negative where it does not fit; infinite behind a break that is taken. */
function measure(document: Document, isBroken: boolean, room: number): number {
  if (typeof document === "string") return room - document.length;
  if (!("kind" in document)) {
    let left = room;
    for (const part of document) {
      left = measure(part, isBroken, left);
      if (left < 0 || left === Number.POSITIVE_INFINITY) break;
    }
    return left;
  }
  switch (document.kind) {
    case "group":
    case "indent":
      return measure(document.content, isBroken, room);
    case "hug":
      return isBroken
        ? measure(document.otherwise, true, room)
        : measure([document.before, document.last], false, room);
    case "ifBroken":
      return room - (isBroken ? document.text : document.flat).length;
    case "lazy":
      return isBroken ? measure(document.make(), true, room) : room - document.flat.length;
    case "line":
      return isBroken ? Number.POSITIVE_INFINITY : room - document.flat.length;
    default:
      return document satisfies never;
  }
}
