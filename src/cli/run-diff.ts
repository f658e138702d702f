/** The work of `diff`. */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { readBounded } from "../bounded-file.js";
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import type { Change } from "../diff/change.js";
import { comparePlans } from "../diff/compare-plans.js";
import { applyExceptions, type Exception, readExceptions } from "../diff/exceptions.js";
import type { Plan } from "../plan/plan.js";
import { planProject } from "../pipeline.js";
import type { Flags } from "./config/flags.js";
import { readSettings } from "./config/settings.js";
import type { DiffFlags } from "./diff/diff-flags.js";
import { fetchImage, isRemote, withFile, withoutSecrets } from "./diff/remote-image.js";
import { checkOut } from "./diff/revision.js";
import { exitCodes } from "./exit-codes.js";
import { formatAnnotation } from "./report/github-annotation.js";
import { startProgress } from "./progress.js";
import { printDiagnostics, printJson } from "./report/print-diagnostics.js";
import { printable } from "./report/printable.js";
import type { ReportFormat } from "./report/report-options.js";
import type { Terminal } from "./terminal.js";

/** The file that is read without --exceptions. */
const defaultExceptions = "grpc2lambda.exceptions.yaml";

/** A change and the reason for which it is accepted, if it is. */
type Decided = Change & { readonly reason?: string };

/** Compares and reports; gives the exit code. */
export async function runDiff(
  protos: readonly string[],
  flags: Flags & DiffFlags,
  format: ReportFormat,
  terminal: Terminal,
): Promise<number> {
  const progress = startProgress(terminal);
  progress.say("planning the API of today");
  const { root, plan, diagnostics } = await planOf(protos, flags, terminal.cwd);
  const exceptions = readExceptionsFile(flags.exceptions, terminal.cwd, root);
  progress.say(`planning the API of ${printable(flags.against)}`);
  const earlier = typeof exceptions === "string" ? exceptions : await earlierPlan(protos, flags, root, terminal);
  progress.clear();
  if (plan === undefined || typeof exceptions === "string" || typeof earlier === "string") {
    printDiagnostics(
      diagnostics.filter((one) => hasErrors([one])),
      format === "json" ? "text" : format,
      { terminal, root },
    );
    for (const problem of new Set([exceptions, earlier]))
      if (typeof problem === "string") terminal.stderr.write(`${problem}\n`);
    return exitCodes.badInput;
  }
  const { changes, unused } = applyExceptions(comparePlans(earlier, plan), exceptions);
  report(changes, unused, format, { terminal, root });
  return changes.some(({ breaking, reason }) => breaking && reason === undefined) ? exitCodes.drift : exitCodes.clean;
}

interface Planned {
  readonly root: string;
  readonly plan?: Plan;
  readonly diagnostics: readonly Diagnostic[];
}

async function planOf(protos: readonly string[], flags: Flags, cwd: string): Promise<Planned> {
  const { root, settings, diagnostics } = await readSettings(protos, flags, cwd);
  if (settings === undefined) return { root, diagnostics };
  const { plan, diagnostics: found } = planProject(settings.request);
  return { root, ...(plan === undefined ? {} : { plan }), diagnostics: [...diagnostics, ...found] };
}

/** The plan of the version to compare with; a text says why there is none. */
async function earlierPlan(
  protos: readonly string[],
  flags: Flags & DiffFlags,
  root: string,
  { cwd }: Terminal,
): Promise<Plan | string> {
  if (isRemote(flags.against)) return planOfImage(flags, cwd);
  const file = resolve(cwd, flags.against);
  if (existsSync(file) && statSync(file).isFile())
    return planOrProblem(await planOf([], { ...flags, descriptorSet: file }, cwd), flags.against);
  const revision = checkOut(root, flags.against);
  if (typeof revision === "string")
    return `--against ${printable(flags.against)} is no file, no URL and no revision of git: ${printable(revision)}`;
  try {
    const locate = (path: string): string => revision.locate(resolve(cwd, path));
    const there = locate(cwd);
    const folder = existsSync(there) ? there : revision.locate(root);
    return planOrProblem(await planOf(protos.map(locate), locateFlags(flags, locate), folder), flags.against);
  } finally {
    revision.remove();
  }
}

/** The plan of a descriptor set that a registry serves, with the settings of today. */
async function planOfImage(flags: Flags & DiffFlags, cwd: string): Promise<Plan | string> {
  const shown = withoutSecrets(flags.against);
  const image = await fetchImage(flags.against);
  if (typeof image === "string") return `--against ${printable(shown)}: ${printable(image)}`;
  const planned = await withFile(image, (descriptorSet) => planOf([], { ...flags, descriptorSet }, cwd));
  return planOrProblem(planned, shown);
}

/** The flags with every path where it was: one that led to the files of today would compare them with themselves. */
function locateFlags(flags: Flags & DiffFlags, locate: (path: string) => string): Flags {
  const { config, include, descriptorSet, serviceConfig, out, handlers, template, zips } = flags;
  const texts = Object.entries({ config, descriptorSet, out, handlers, template, zips });
  const lists = Object.entries({ include, serviceConfig });
  return {
    ...flags,
    ...Object.fromEntries(texts.flatMap(([name, path]) => (path === undefined ? [] : [[name, locate(path)]]))),
    ...Object.fromEntries(lists.flatMap(([name, paths]) => (paths === undefined ? [] : [[name, paths.map(locate)]]))),
  };
}

function planOrProblem({ plan, diagnostics }: Planned, version: string): Plan | string {
  if (plan !== undefined) return plan;
  const [first] = diagnostics.filter((one) => hasErrors([one]));
  return `${printable(version)} has errors: ${first === undefined ? "no plan" : printable(`${first.code}: ${first.message}`)}`;
}

/** A few hundred exceptions are far below it. */
const maxBytes = 1_000_000;

function readExceptionsFile(flag: string | undefined, cwd: string, root: string): readonly Exception[] | string {
  const path = flag === undefined ? resolve(root, defaultExceptions) : resolve(cwd, flag);
  if (flag === undefined && !existsSync(path)) return [];
  try {
    const found = readBounded(path, maxBytes);
    const read = found.kind === "tooLarge" ? `it has ${found.size}` : readExceptions(found.bytes.toString("utf8"));
    return typeof read === "string"
      ? `the exceptions ${printable(flag ?? defaultExceptions)} cannot be used: ${printable(read)}`
      : read;
  } catch (error) {
    return `the exceptions ${printable(flag ?? defaultExceptions)} cannot be read: ${String((error as NodeJS.ErrnoException).code)}`;
  }
}

function report(
  changes: readonly Decided[],
  unused: readonly Exception[],
  format: ReportFormat,
  place: { readonly terminal: Terminal; readonly root: string },
): void {
  const { stdout } = place.terminal;
  switch (format) {
    case "json":
      printJson({ changes, unusedExceptions: unused }, [], place);
      return;
    case "github":
      for (const one of changes.filter(({ breaking, reason }) => breaking && reason === undefined))
        stdout.write(formatAnnotation("error", one.message, { title: one.id }));
      return;
    case "text":
      stdout.write(renderText(changes, unused));
      return;
    default:
      format satisfies never;
  }
}

function renderText(changes: readonly Decided[], unused: readonly Exception[]): string {
  const open = changes.filter(({ breaking, reason }) => breaking && reason === undefined);
  const accepted = changes.filter(({ reason }) => reason !== undefined);
  const others = changes.filter(({ breaking }) => !breaking);
  const sections = [
    ...section(
      "Breaking:",
      open.flatMap(({ message, id }) => [message, `  exception: ${id}`]),
    ),
    ...section(
      "Breaking, and accepted:",
      accepted.flatMap(({ message, reason = "" }) => [message, `  ${reason}`]),
    ),
    ...section(
      "Not breaking:",
      others.map(({ message }) => message),
    ),
    ...section(
      "Exceptions for changes that are not there:",
      unused.map(({ change }) => change),
    ),
  ];
  const lines = sections.length === 0 ? ["no change that clients or the stack see"] : sections;
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
