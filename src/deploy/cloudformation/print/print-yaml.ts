/** Prints template data as YAML, with remarks as comments and the short forms of CloudFormation's functions. */
import { type Document, formOf } from "../../resources/document.js";
import { yamlString } from "./yaml-text.js";

/** Lists that are longer stand on lines of their own. */
const maxWidth = 120;

/** A member of data, for printing. */
type Member = readonly [name: string, content: Document];

/** Prints members, with an empty line between the members of each section. */
export function printSections(sections: readonly Member[]): string {
  return sections.map(([name, content]) => lines(printMember(name, content, true))).join("\n");
}

/** Prints members without empty lines between them. */
export function printMembers(content: Document): string {
  return lines(printBlock(content, false));
}

function lines(printed: readonly string[]): string {
  return printed.map((line) => `${line}\n`).join("");
}

function printMember(name: string, content: Document, isSection = false): string[] {
  const form = formOf(content);
  if (form.kind === "noted") return [...printNote(form.note), ...printMember(name, form.content, isSection)];
  const key = scalarText(name, "block");
  const flow = flowText(content);
  if (flow !== undefined) return [`${key}: ${flow}`];
  const call = callOf(content);
  if (call !== undefined) return [`${key}: !${call.name}`, ...printBlock(call.argument, false).map(indent)];
  return [`${key}:`, ...printBlock(content, isSection).map(indent)];
}

function printNote(note: string): string[] {
  return note.split("\n").map((line) => `# ${line}`.trimEnd());
}

function printBlock(content: Document, isSection: boolean): string[] {
  const form = formOf(content);
  switch (form.kind) {
    case "value":
    case "constant":
      return [scalar(form.value)];
    case "list":
      return form.items.flatMap(printItem);
    case "noted":
      return [...printNote(form.note), ...printBlock(form.content, isSection)];
    case "inline":
      return [inFlow(form.content)];
    case "entries":
      return form.entries.flatMap(([name, member], at) => {
        const printed = printMember(name, member);
        return isSection && at > 0 ? ["", ...printed] : printed;
      });
    default:
      return form satisfies never;
  }
}

function printItem(item: Document): string[] {
  const form = formOf(item);
  if (form.kind === "noted") return [...printNote(form.note), ...printItem(form.content)];
  const flow = flowText(item);
  if (flow !== undefined) return [`- ${flow}`];
  const call = callOf(item);
  if (call !== undefined) return [`- !${call.name}`, ...printBlock(call.argument, false).map(indent)];
  const [first = "", ...rest] = printBlock(item, false);
  return [`- ${first}`, ...rest.map(indent)];
}

function indent(line: string): string {
  return line === "" ? "" : `  ${line}`;
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

interface Call {
  readonly name: string;
  readonly argument: Document;
}

/** A function of CloudFormation: `{ Ref: id }`, `{ "Fn::Sub": text }`. */
function callOf(content: Document): Call | undefined {
  const form = formOf(content);
  if (form.kind !== "entries" || form.entries.length !== 1) return undefined;
  const [[name, argument] = ["", ""]] = form.entries;
  if (name === "Ref") return { name, argument };
  return name.startsWith("Fn::") ? { name: name.slice("Fn::".length), argument } : undefined;
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
