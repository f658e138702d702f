/** The configuration and the protos: found, valid, and complete. */
import { type Diagnostic, sortDiagnostics } from "../../diagnostics.js";
import type { ProjectOutput } from "../project-output.js";
import { printable } from "../report/printable.js";
import { count } from "../report/summary.js";
import type { HealthCheck } from "./health-check.js";

/** Reads what the stages have found; `found` is that without the content of foreign files. `configuration` is the file's name. */
export function checkProject(
  { settings, sources, plan }: ProjectOutput,
  found: readonly Diagnostic[],
  configuration: string,
): HealthCheck[] {
  const errors = sortDiagnostics(found.filter(({ severity }) => severity === "error"));
  const warnings = found.filter(({ severity }) => severity === "warning");
  const ofConfiguration = errors.filter(({ code }) => code.startsWith("CF"));
  const ofProtos = errors.filter(({ code }) => !code.startsWith("CF"));
  return [
    checkConfiguration(settings?.located !== undefined, ofConfiguration, configuration),
    ...(settings === undefined ? [] : [checkSources(settings.request.load, sources, ofProtos)]),
    ...(plan === undefined || warnings.length === 0 ? [] : [listWarnings(warnings)]),
  ];
}

function checkConfiguration(isFound: boolean, errors: readonly Diagnostic[], name: string): HealthCheck {
  const base = { area: "project", name: "configuration" } as const;
  if (errors.length > 0) return { ...base, state: "error", ...describeErrors(errors) };
  if (isFound) return { ...base, state: "ok", text: printable(name) };
  return {
    ...base,
    state: "note",
    text: `no ${printable(name)}: flags and defaults apply`,
    help: "grpc2lambda init writes one",
  };
}

function checkSources(
  { includePaths, descriptorSet }: { readonly includePaths: readonly string[]; readonly descriptorSet?: string },
  sources: ProjectOutput["sources"],
  errors: readonly Diagnostic[],
): HealthCheck {
  const base = { area: "project", name: "protos" } as const;
  if (errors.length > 0) return { ...base, state: "error", ...describeErrors(errors) };
  const bundled = sources.filter(({ path, displayPath }) => path === displayPath && path.startsWith("google/")).length;
  const origin = descriptorSet === undefined ? `below ${includePaths.join(", ") || "."}` : `in ${descriptorSet}`;
  const others = bundled === 0 ? "" : `, ${count(bundled, "import")} that come with the tool`;
  const text = `${count(sources.length - bundled, "file")} ${origin}${others}; every import is there`;
  return { ...base, state: "ok", text: printable(text) };
}

const advice = {
  noProtos: "grpc2lambda init looks for them and writes the configuration",
  errors: "grpc2lambda inspect shows every error in its place, with what to do",
} as const;

/** The first error and the number of the others; another command shows all of them in place. */
function describeErrors(errors: readonly Diagnostic[]): { readonly text: string; readonly help: string } {
  const [first] = errors;
  const place = first?.location === undefined ? "" : `${first.location.file}:${first.location.line}: `;
  const more = errors.length > 1 ? `, and ${count(errors.length - 1, "more error")}` : "";
  const text = printable(`${place}${first?.code}: ${first?.message}${more}`);
  return { text, help: first?.code === "CF005" ? advice.noProtos : advice.errors };
}

function listWarnings(warnings: readonly Diagnostic[]): HealthCheck {
  const codes = [...new Set(warnings.map(({ code }) => code))].join(", ");
  return {
    area: "project",
    name: "findings",
    state: "note",
    text: `${count(warnings.length, "warning")}: ${codes}`,
    help: "grpc2lambda inspect shows them",
  };
}
