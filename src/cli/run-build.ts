/** The work of `build`. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BuiltFunctions, buildFunctions } from "../build/build-functions.js";
import { writeZips } from "../build/write-zips.js";
import { type Diagnostic, diagnostic, hasErrors } from "../diagnostics.js";
import { compareOutput, type FileComparison } from "../output/compare.js";
import { blockedPath, busyFolder, failedWrite } from "../output/output-findings.js";
import { openProjectFolder } from "../output/project-folder.js";
import type { Plan } from "../plan/plan.js";
import type { Flags } from "./config/flags.js";
import { exitCodes } from "./exit-codes.js";
import { type Progress, startProgress } from "./progress.js";
import { type ProjectOutput, prepareOutput } from "./project-output.js";
import { printDiagnostics, printJson } from "./report/print-diagnostics.js";
import type { ReportFormat } from "./report/report-options.js";
import { renderSizes } from "./report/size-table.js";
import { runningProcess } from "./running-process.js";
import { type Terminal, tell } from "./terminal.js";

/** Builds and reports; gives the exit code. */
export async function runBuild(
  protos: readonly string[],
  flags: Flags,
  format: ReportFormat,
  terminal: Terminal,
): Promise<number> {
  const progress = startProgress(terminal);
  const project = await prepareOutput(protos, flags, terminal.cwd, progress.listener);
  const outcome = await build(project, terminal, progress);
  progress.clear();
  const { built } = outcome;
  const diagnostics = [...outcome.diagnostics, ...(built?.oversized ?? [])];
  const place = { terminal, root: project.root };
  printDiagnostics(diagnostics, format, place);
  const folder = project.plan?.layout.zips ?? "";
  if (format === "json") {
    const { removed = [] } = outcome;
    printJson({ folder, functions: built?.records ?? [], removed }, diagnostics, place);
  } else if (built !== undefined) tell(terminal, renderSizes(built.records, outcome.removed ?? [], folder));
  if (built === undefined) return exitCodes.badInput;
  return built.oversized.length > 0 ? exitCodes.drift : exitCodes.clean;
}

/** Without `built`, the diagnostics say why, and the disk is as it was. */
interface BuildRun {
  readonly diagnostics: readonly Diagnostic[];
  readonly built?: BuiltFunctions;
  readonly removed?: readonly string[];
}

async function build(
  { root, plan, output, diagnostics }: ProjectOutput,
  terminal: Terminal,
  progress: Progress,
): Promise<BuildRun> {
  if (plan === undefined || output === undefined || hasErrors(diagnostics)) return { diagnostics };
  if (plan.go !== undefined) return { diagnostics: [compiledElsewhere] };
  // `generate` and `check` repeat its warnings.
  const comparison = compareOutput(output);
  const obstacles = [...comparison.diagnostics, ...checkUpToDate(comparison.files)];
  if (hasErrors(obstacles)) return { diagnostics: obstacles };
  const outcome = await buildFunctions({ root, cwd: terminal.cwd, plan }, (step, functions) =>
    progress.say(`${step === "bundle" ? "bundling" : "zipping"} ${functions} functions`),
  );
  const { diagnostics: found, built } = outcome;
  if (built === undefined) return { diagnostics: found };
  const written = await write(root, plan, built, terminal);
  if ("finding" in written) return { diagnostics: [...found, written.finding] };
  return { diagnostics: found, built, removed: written.removed };
}

const compiledElsewhere = diagnostic(
  "GO008",
  "build bundles TypeScript, and functions in Go are compiled by sam build",
  {
    help: "run sam build && sam deploy; the template says what to compile",
  },
);

/** BD001: zips are made of what was committed, and that has to be what the protos say. */
function checkUpToDate(files: readonly FileComparison[]): Diagnostic[] {
  const changed = files.filter(({ state }) => !["unchanged", "kept", "orphan"].includes(state)).map(({ path }) => path);
  if (changed.length === 0) return [];
  const names = changed.slice(0, 3).join(", ") + (changed.length > 3 ? `, and ${changed.length - 3} more` : "");
  return [
    diagnostic("BD001", `the generated code is not up to date (${names}), expected what generate writes`, {
      help: "run grpc2lambda generate; grpc2lambda check says what it would change",
    }),
  ];
}

/** Milliseconds between two attempts, and how many there are. */
const pause = 50;
const manyAttempts = 600;

/** Writes as soon as no other run does. */
async function write(
  root: string,
  { layout: { zips, outDir } }: Plan,
  { files, functions }: BuiltFunctions,
  terminal: Terminal,
): Promise<{ readonly removed: readonly string[] } | { readonly finding: Diagnostic }> {
  const place = openProjectFolder(root).lookAtFolder(zips);
  if (place.kind !== "folder" && place.kind !== "absent") return { finding: blockedPath(place) };
  for (let attempt = 1; ; attempt++) {
    const outcome = tryWrite(() =>
      terminal.uninterrupted(() => writeZips(join(root, zips), files, functions, runningProcess())),
    );
    switch (outcome.kind) {
      case "written":
        return outcome;
      case "failed":
        return { finding: failedWrite(outcome.error, []) };
      case "foreign":
        return { finding: foreignZips(zips, outcome.out, outDir) };
      case "blocked":
        return {
          finding: blockedPath({
            kind: "blocked",
            at: `${zips}/${outcome.path}`,
            reason: "is no folder, expected nothing",
          }),
        };
      case "busy": {
        const { host, pid } = outcome.owner;
        if (attempt === manyAttempts) return { finding: busyFolder(zips, `process ${pid} on ${host}`) };
        await sleep(pause);
        break;
      }
      default:
        return outcome satisfies never;
    }
  }
}

function tryWrite<Outcome>(work: () => Outcome): Outcome | { readonly kind: "failed"; readonly error: unknown } {
  try {
    return work();
  } catch (error) {
    return { kind: "failed", error };
  }
}

function foreignZips(zips: string, out: string, own: string): Diagnostic {
  return diagnostic("BD007", `${zips} has the zips of the functions in ${out}, expected a folder for those of ${own}`, {
    help: `name another folder with --zips for this output, or remove ${zips} if ${out} is no more`,
  });
}
