/**
 * http rules from a service configuration: the YAML (or JSON) form of google.api.Service. Only its `http` section is read;
 * `type`, `config_version` and the other sections are somebody else's.
 * See "Using gRPC API Service Configuration" in https://github.com/googleapis/googleapis/blob/master/google/api/http.proto
 */
import { isMap, isSeq, LineCounter, type ParsedNode } from "yaml";
import { type Diagnostic, diagnostic, type Span } from "../../diagnostics.js";
import type { HttpRule } from "../../proto/descriptor.js";
import { readServiceRule } from "./service-config-rule.js";
import { readYaml } from "../yaml-document.js";
import { entriesOf, readBoolean, rejectUnknownKeys, type YamlContext, yamlError, yamlSpan } from "./yaml-reading.js";

/** The rules of one service configuration, each with a selector, in file order. */
export interface ServiceConfigRules {
  /** File to show in diagnostics. */
  readonly file: string;
  readonly rules: readonly HttpRule[];
  /** `http.fully_decode_reserved_expansion`; false by default. */
  readonly fullyDecodeReservedExpansion: boolean;
}

/** Configurations of more UTF-16 units are refused. */
export const MAX_SERVICE_CONFIG_LENGTH = 4 * 1024 * 1024;

/**
 * Reads a service configuration. What is wrong is reported (HR023, HR024, HR026, HR027) and left out; `config` is undefined
 * only when the text as a whole is not one YAML mapping.
 */
export function readServiceConfig(
  text: string,
  displayPath: string,
): { readonly config?: ServiceConfigRules; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  if (text.length > MAX_SERVICE_CONFIG_LENGTH) {
    const message = `${text.length} characters, expected at most ${MAX_SERVICE_CONFIG_LENGTH}`;
    return { diagnostics: [unreadable(displayPath, fileStart, message)] };
  }
  const lines = new LineCounter();
  const root = parseYaml(text, displayPath, lines, diagnostics);
  if (root === undefined) return { diagnostics };
  const context: YamlContext = { file: displayPath, text, lines, diagnostics };
  return { config: readHttpSection(root, context), diagnostics };
}

const fileStart: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 };

function parseYaml(text: string, file: string, lines: LineCounter, diagnostics: Diagnostic[]): ParsedNode | undefined {
  const reading = readYaml(text, lines);
  if (reading.kind === "tooDeep") {
    diagnostics.push(unreadable(file, fileStart, "nested too deep"));
    return undefined;
  }
  for (const { message, range, severity } of reading.problems) {
    if (severity === "warning") continue;
    const found = message.split("\n")[0] ?? "";
    diagnostics.push(unreadable(file, yamlSpan(text, lines, range), `not valid YAML: ${found}`));
  }
  if (diagnostics.length > 0) return undefined;
  const { contents } = reading.document;
  if (isMap(contents)) return contents;
  diagnostics.push(unreadable(file, fileStart, "not a mapping, expected a google.api.Service"));
  return undefined;
}

function unreadable(file: string, span: Span, problem: string): Diagnostic {
  const help =
    "a service configuration is the YAML form of google.api.Service: http: { rules: [ { selector: …, get: … } ] }";
  const message = `service configuration: ${problem}`;
  return diagnostic("HR023", message, { location: { file, ...span }, help });
}

function readHttpSection(root: ParsedNode, context: YamlContext): ServiceConfigRules {
  const http = entriesOf(root, context).find(({ key }) => key === "http");
  const rules: HttpRule[] = [];
  let fullyDecodeReservedExpansion = false;
  if (http !== undefined && !isMap(http.value)) {
    yamlError(context, http.span, '"http" is not a mapping, expected rules', "write http: and below it rules:");
  }
  const entries = http === undefined ? [] : entriesOf(http.value, context);
  rejectUnknownKeys(context, entries, ["rules", "fully_decode_reserved_expansion"], '"http"');
  for (const { key, value, span } of entries) {
    if (key === "rules" && isSeq(value)) for (const rule of readRules(value.items, context)) rules.push(rule);
    else if (key === "rules") yamlError(context, span, '"rules" is not a list', 'start each rule with "- selector:"');
    if (key === "fully_decode_reserved_expansion") {
      fullyDecodeReservedExpansion = readBoolean(context, value, span, key);
    }
  }
  if (rules.length === 0 && context.diagnostics.length === 0) warnWithoutRules(context);
  return { file: context.file, rules, fullyDecodeReservedExpansion };
}

function readRules(items: readonly unknown[], context: YamlContext): HttpRule[] {
  return items.flatMap((item) => {
    const rule = readServiceRule(item, context);
    return rule === undefined ? [] : [rule];
  });
}

function warnWithoutRules(context: YamlContext): void {
  const message = "service configuration without http rules, expected http.rules";
  const help = "add rules, or leave the file out";
  const location = { file: context.file, ...fileStart };
  context.diagnostics.push(diagnostic("HR027", message, { location, help }));
}
