/** The configuration file: found, read, parsed with positions, and held against the published schema. */
import { type Document, LineCounter } from "yaml";
import { readBounded } from "../../bounded-file.js";
import { type Diagnostic, diagnostic, hasErrors, type Location } from "../../diagnostics.js";
import { readYaml } from "../../model/yaml-document.js";
import { checkConfig } from "./check-config.js";
import type { Config } from "./config.js";
import { createYamlPlaces, type YamlPlaces } from "./yaml-places.js";

/** More than any configuration needs, and little enough to parse without harm. */
const maximumBytes = 1024 * 1024;

/** A configuration with the places of its values. */
export interface LocatedConfig {
  readonly config: Config;
  readonly places: YamlPlaces;
}

/**
 * Reads the file at `path` (absolute); `displayPath` is what diagnostics call it. Every violation of the schema is a
 * diagnostic; with errors among them there is no config.
 */
export async function readConfig(
  path: string,
  displayPath: string,
): Promise<{ located?: LocatedConfig; diagnostics: Diagnostic[] }> {
  const text = readText(path);
  if (typeof text !== "string") return { diagnostics: [unreadable(displayPath, text.problem)] };
  const lineCounter = new LineCounter();
  const places = (document: Document): YamlPlaces => createYamlPlaces(document, lineCounter, displayPath);
  const parsed = parseYaml(text, lineCounter, displayPath);
  if (parsed.document === undefined || hasErrors(parsed.diagnostics)) return { diagnostics: parsed.diagnostics };
  const located = places(parsed.document);
  const { config, diagnostics } = await checkConfig(parsed.value, located);
  const all = [...parsed.diagnostics, ...diagnostics];
  return config === undefined ? { diagnostics: all } : { located: { config, places: located }, diagnostics: all };
}

function readText(path: string): string | { readonly problem: string } {
  try {
    const read = readBounded(path, maximumBytes);
    if (read.kind === "tooLarge") return { problem: `it has ${read.size}, more than 1 MB` };
    return new TextDecoder("utf-8", { fatal: true }).decode(read.bytes);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { problem: systemProblems[String(error.code)] ?? String(error.code) };
  }
}

const systemProblems: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "it may not be read",
  EPERM: "it may not be read",
  ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8 text",
};

interface ParsedYaml {
  readonly document?: Document;
  readonly value?: unknown;
  readonly diagnostics: Diagnostic[];
}

function parseYaml(text: string, lineCounter: LineCounter, file: string): ParsedYaml {
  const reading = readYaml(text, lineCounter);
  if (reading.kind === "tooDeep")
    return { diagnostics: [invalidYaml("it is nested too deeply", placeAt(lineCounter, 0, file), "error")] };
  const { document } = reading;
  const diagnostics = reading.problems.map(({ message, range, severity }) =>
    invalidYaml(message, placeAt(lineCounter, range[0], file), severity),
  );
  if (hasErrors(diagnostics)) return { diagnostics };
  try {
    // The limit on aliases is what stops a few lines from unfolding to gigabytes.
    return { document, value: document.toJS({ maxAliasCount: 100 }) as unknown, diagnostics };
  } catch (error) {
    return { diagnostics: [invalidYaml(String((error as Error).message), placeAt(lineCounter, 0, file), "error")] };
  }
}

function placeAt(lineCounter: LineCounter, offset: number, file: string): Location {
  const { line, col } = lineCounter.linePos(offset);
  const place = { line: Math.max(1, line), column: Math.max(1, col) };
  return { file, ...place, endLine: place.line, endColumn: place.column + 1 };
}

function invalidYaml(message: string, location: Location, severity: "error" | "warning"): Diagnostic {
  const [first = ""] = message.split("\n");
  return diagnostic("CF002", `not valid YAML: ${first.slice(0, 1).toLowerCase()}${first.slice(1).replace(/\.$/, "")}`, {
    severity,
    location,
  });
}

function unreadable(file: string, problem: string): Diagnostic {
  return diagnostic("CF001", `cannot read the configuration ${file}: ${problem}, expected a YAML file`, {
    help: "name it with --config, or leave the option out to use grpc2lambda.yaml",
  });
}
