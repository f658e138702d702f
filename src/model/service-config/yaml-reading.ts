/** Reading YAML nodes with their places: the few shapes that a service configuration is made of. */
import { isAlias, isMap, isScalar, type LineCounter } from "yaml";
import { type Diagnostic, diagnostic, helpWith, type Span, suggest } from "../../diagnostics.js";
import type { Located } from "../../proto/descriptor.js";

/** One YAML text being read. */
export interface YamlContext {
  /** File to show. */
  readonly file: string;
  readonly text: string;
  readonly lines: LineCounter;
  readonly diagnostics: Diagnostic[];
}

/** One entry of a mapping; `span` is the key's. */
export interface YamlEntry {
  /** In snake_case, as google.api names it; proto JSON's lowerCamelCase is taken as well. */
  readonly key: string;
  readonly written: string;
  readonly value: unknown;
  readonly span: Span;
}

/** The entries of a mapping whose keys are plain values; none for any other node. */
export function entriesOf(node: unknown, context: YamlContext): YamlEntry[] {
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) => {
    if (!isScalar(key)) return [];
    const written = String(key.value);
    const snake = written.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [{ key: snake, written, value, span: nodeSpan(context, key) }];
  });
}

const noSpan: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Reports every key that is not among `known` (HR024). */
export function rejectUnknownKeys(
  context: YamlContext,
  entries: readonly YamlEntry[],
  known: readonly string[],
  where: string,
): void {
  for (const { key, written, span } of entries) {
    if (known.includes(key)) continue;
    const near = suggest(written, known);
    const help = helpWith(near, `${where} has ${known.join(", ")}`);
    const message = `unknown key "${written}" in ${where}`;
    context.diagnostics.push(diagnostic("HR024", message, { location: { file: context.file, ...span }, help }));
  }
}

/** A text with its place: of what is inside the quotes, when it is written without escapes. Reports any other node (HR023). */
export function readText(context: YamlContext, node: unknown, keySpan: Span, key: string): Located<string> | undefined {
  if (isScalar(node) && typeof node.value === "string") return { value: node.value, span: textSpan(context, node) };
  const alias = isAlias(node) ? ", and aliases are not followed" : "";
  const span = isScalar(node) ? nodeSpan(context, node) : keySpan;
  yamlError(context, span, `"${key}" is not a text${alias}`, "write it in quotes");
  return undefined;
}

/** true or false; anything else is reported (HR023) and false. */
export function readBoolean(context: YamlContext, node: unknown, keySpan: Span, key: string): boolean {
  if (isScalar(node) && typeof node.value === "boolean") return node.value;
  yamlError(context, keySpan, `"${key}" is neither true nor false`, "write true or false");
  return false;
}

/** Reports a value of the wrong kind (HR023). */
export function yamlError(context: YamlContext, span: Span, problem: string, help: string): void {
  const message = `service configuration: ${problem}`;
  context.diagnostics.push(diagnostic("HR023", message, { location: { file: context.file, ...span }, help }));
}

/** The place of a node; of the file's start when the node has none. */
export function nodeSpan(context: YamlContext, node: unknown): Span {
  const range = isMap(node) || isScalar(node) ? node.range : undefined;
  if (range === undefined || range === null) return noSpan;
  return yamlSpan(context.text, context.lines, [range[0], range[1]]);
}

/** Offsets as a span that does not end in white space. */
export function yamlSpan(text: string, lines: LineCounter, [start, end]: readonly [number, number]): Span {
  const trimmed = Math.max(start, start + text.slice(start, end).trimEnd().length);
  const from = lines.linePos(start);
  const to = lines.linePos(trimmed);
  return { line: from.line || 1, column: from.col || 1, endLine: to.line || 1, endColumn: to.col || 1 };
}

function textSpan(context: YamlContext, node: { value: unknown; range?: [number, number, number] | null }): Span {
  const span = nodeSpan(context, node);
  const quoted = span.line === span.endLine && span.endColumn - span.column === String(node.value).length + 2;
  return quoted ? { ...span, column: span.column + 1, endColumn: span.endColumn - 1 } : span;
}
