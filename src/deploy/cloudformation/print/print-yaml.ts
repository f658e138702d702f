/** Prints template data as YAML, with remarks as comments and the short forms of CloudFormation's functions. */
import { type Document, formOf } from "../../resources/document.js";
import { type Call, callOf } from "./function-call.js";
import { yamlString } from "./yaml-text.js";

/** Lists that are longer stand on lines of their own. */
const maxWidth = 120;

/** A member of data, for printing. */
type Member = readonly [name: string, content: Document];

/** Prints members, with an empty line between the members of each section. */
export function printSections(sections: readonly Member[]): string {
  return sections.map(([name, content]) => linesOf((out) => printMember(out, "", name, content, true))).join("\n");
}

/** Prints members without empty lines between them. */
export function printMembers(content: Document): string {
  return linesOf((out) => printBlock(out, "", content, false));
}

/** Lines that are being printed. A large template has a hundred thousand, so each is put together once. */
type Out = string[];

function linesOf(print: (out: Out) => void): string {
  const out: Out = [];
  print(out);
  return out.map((line) => `${line}\n`).join("");
}

function printMember(out: Out, indent: string, name: string, content: Document, isSection = false): void {
  const { notes, bare } = withoutNotes(content);
  for (const note of notes) printNote(out, indent, note);
  const key = `${indent}${scalarText(name, "block")}:`;
  const flow = flowText(bare);
  const call = flow === undefined ? callOf(bare) : undefined;
  if (flow !== undefined) out.push(`${key} ${flow}`);
  else out.push(call === undefined ? key : `${key} !${call.name}`);
  if (flow === undefined) printBlock(out, `${indent}  `, call?.argument ?? bare, call === undefined && isSection);
}

function withoutNotes(content: Document): { readonly notes: readonly string[]; readonly bare: Document } {
  const notes: string[] = [];
  let form = formOf(content);
  let bare = content;
  for (; form.kind === "noted"; form = formOf(bare)) {
    notes.push(form.note);
    bare = form.content;
  }
  return { notes, bare };
}

function printNote(out: Out, indent: string, note: string): void {
  for (const line of note.split("\n")) out.push(`${indent}# ${line}`.trimEnd());
}

function printBlock(out: Out, indent: string, content: Document, isSection: boolean): void {
  const { notes, bare } = withoutNotes(content);
  for (const note of notes) printNote(out, indent, note);
  const form = formOf(bare);
  switch (form.kind) {
    case "value":
    case "constant":
      out.push(indent + scalar(form.value));
      break;
    case "list":
      for (const item of form.items) printItem(out, indent, item);
      break;
    case "inline":
      out.push(indent + inFlow(form.content));
      break;
    case "entries":
      for (const [at, [name, member]] of form.entries.entries()) {
        if (isSection && at > 0) out.push("");
        printMember(out, indent, name, member);
      }
      break;
    case "noted":
      break;
    default:
      form satisfies never;
  }
}

function printItem(out: Out, indent: string, item: Document): void {
  const { notes, bare } = withoutNotes(item);
  for (const note of notes) printNote(out, indent, note);
  const flow = flowText(bare);
  const call = flow === undefined ? callOf(bare) : undefined;
  const first = out.length;
  if (flow !== undefined) out.push(`${indent}- ${flow}`);
  else if (call !== undefined) out.push(`${indent}- !${call.name}`);
  if (flow === undefined) printBlock(out, `${indent}  `, call?.argument ?? bare, false);
  if (flow === undefined && call === undefined)
    out[first] = `${indent}- ${(out[first] ?? "").slice(indent.length + 2)}`;
}

/** The text on one line, where it is a scalar, meant to be on one line, or a short list of scalars. */
function flowText(content: Document): string | undefined {
  const form = formOf(content);
  const call = callOf(content);
  if (call !== undefined) return flowCall(call);
  switch (form.kind) {
    case "value":
    case "constant":
      return scalar(form.value);
    case "inline":
      return inFlow(form.content);
    case "list": {
      const text = form.items.every(fitsInList) ? inFlow(content) : undefined;
      return text !== undefined && text.length <= maxWidth ? text : undefined;
    }
    case "entries":
      return form.entries.length === 0 ? "{}" : undefined;
    case "noted":
      return undefined;
    default:
      return form satisfies never;
  }
}

/** A function of one text, or of a short list. */
function flowCall(call: Call): string | undefined {
  const form = formOf(call.argument);
  if (form.kind === "value") return `!${call.name} ${scalar(form.value)}`;
  if (form.kind !== "list" || call.name === "Sub" || !(call.name === "GetAtt" || form.items.every(fitsInFunction)))
    return undefined;
  const text = `!${call.name} ${flowArgument(call)}`;
  return text.length <= maxWidth ? text : undefined;
}

function fitsInList(item: Document): boolean {
  const { kind } = formOf(item);
  return kind === "value" || kind === "constant" || kind === "inline" || isShortCall(item);
}

function fitsInFunction(item: Document): boolean {
  return fitsInList(item) || flowText(item) !== undefined;
}

function isShortCall(item: Document): boolean {
  return callOf(item) !== undefined && flowText(item) !== undefined;
}

/** Everything on one line; remarks are left out. */
function inFlow(content: Document): string {
  const call = callOf(content);
  if (call !== undefined) return `!${call.name} ${flowArgument(call)}`;
  const form = formOf(content);
  switch (form.kind) {
    case "value":
      return scalarText(textOf(form.value), "flow");
    case "constant":
      return `${form.value}`;
    case "list":
      return `[${form.items.map(inFlow).join(", ")}]`;
    case "noted":
    case "inline":
      return inFlow(form.content);
    case "entries": {
      const members = form.entries.map(([name, member]) => `${scalarText(name, "flow")}: ${inFlow(member)}`);
      return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
    }
    default:
      return form satisfies never;
  }
}

function flowArgument({ name, argument }: Call): string {
  const form = formOf(argument);
  return name === "GetAtt" && form.kind === "list" ? form.items.map(String).join(".") : inFlow(argument);
}

function scalar(value: unknown): string {
  return typeof value === "number" || typeof value === "boolean" ? `${value}` : scalarText(textOf(value), "block");
}

/** Values have become text or functions before anything is printed. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  throw new Error(`a value of the model in template data: ${JSON.stringify(value)}`);
}

const plainText = {
  block: /^[A-Za-z$][\w $./:*+(){},;'<>=@`-]*$/,
  flow: /^[A-Za-z$](?:[\w $./*+();'<>=@`-]|:(?=\w))*$/,
} as const;

/** Text without quotes where YAML 1.1 and 1.2 read it as itself. */
function scalarText(text: string, place: keyof typeof plainText): string {
  const isPlain = plainText[place].test(text) && !/: |:$| $/.test(text) && !reservedWords.test(text);
  if (isPlain) return text;
  return /^[ !-&(-~]*"[ !-&(-~]*$/.test(text) ? `'${text}'` : yamlString(text);
}

/** Words that YAML 1.1 reads as something else than text. */
const reservedWords = /^(?:true|false|yes|no|on|off|y|n|null)$/i;
