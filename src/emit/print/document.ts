/**
 * Text with places where a line may break: groups stay on one line where they fit, outer ones break before inner ones. After
 * Philip Wadler, "A prettier printer" (https://homepages.inf.ed.ac.uk/wadler/papers/prettier/prettier.pdf).
 */

/** A piece of text that can be printed at any width. */
export type Document =
  | string
  | readonly Document[]
  /** On one line where it fits; else its own breaks are taken. `id` lets `indentIfBroken` ask what became of it. */
  | { readonly kind: "group"; readonly content: Document; readonly id?: string }
  /** Two columns deeper after breaks. */
  | { readonly kind: "indent"; readonly content: Document; readonly ifBroken?: string }
  /** A break, or `flat` in a group that is on one line. */
  | { readonly kind: "line"; readonly flat: "" | " " }
  | Hug
  /** Only in a group that is broken. */
  | { readonly kind: "ifBroken"; readonly text: string };

/** Like a group; where that does not fit, `last` alone is broken, or, when not even its first line fits, `otherwise` is. */
export interface Hug {
  readonly kind: "hug";
  readonly before: Document;
  readonly last: Document;
  readonly otherwise: Document;
}

export function group(content: Document, id?: string): Document {
  return id === undefined ? { kind: "group", content } : { kind: "group", content, id };
}

export function indent(content: Document): Document {
  return { kind: "indent", content };
}

/** Indented when the group `id`, printed before, is broken. */
export function indentIfBroken(content: Document, id: string): Document {
  return { kind: "indent", content, ifBroken: id };
}

/** A break or a space. */
export const line: Document = { kind: "line", flat: " " };

/** A break or nothing. */
export const softLine: Document = { kind: "line", flat: "" };

/** Text in a group that is broken. */
export function ifBroken(text: string): Document {
  return { kind: "ifBroken", text };
}

/** A comma behind the last item of a broken list. */
export const trailingComma: Document = ifBroken(",");

/** `items` with commas and breaks between them. */
export function commaSeparated(items: readonly Document[]): Document {
  return items.flatMap((item, index) => (index === 0 ? [item] : [",", line, item]));
}

interface Command {
  readonly document: Document;
  readonly indent: number;
  readonly isBroken: boolean;
}

/** The lines of a document that starts at column `column`, without that indentation. */
export function printDocument(document: Document, column: number, width: number): string[] {
  const lines = [""];
  const broken = new Set<string>();
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
      if (part.id !== undefined) stays ? broken.delete(part.id) : broken.add(part.id);
      commands.push({ ...flat, isBroken: !stays });
    } else if (part.kind === "hug") {
      commands.push(...hugged(part, command, commands, room()));
    } else if (part.kind === "indent") {
      const deeper = part.ifBroken === undefined || broken.has(part.ifBroken) ? 2 : 0;
      commands.push({ document: part.content, indent: depth + deeper, isBroken });
    } else if (part.kind === "ifBroken") lines.push((lines.pop() ?? "") + (isBroken ? part.text : ""));
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
    else if (document.kind === "ifBroken") left -= isBroken ? document.text.length : 0;
    else if (isBroken) return true;
    else left -= document.flat.length;
  }
  return false;
}
