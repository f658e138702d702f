/** The work of `migrate`. */
import { hasErrors } from "../../diagnostics.js";
import { compareOutput, type OutputRequest } from "../../output/compare.js";
import type { OutputFile } from "../../output/output-tree.js";
import { lookAtHandlers } from "../check/handler-updates.js";
import type { Flags } from "../config/flags.js";
import { exitCodes } from "../exit-codes.js";
import { startProgress } from "../progress.js";
import { prepareOutput } from "../project-output.js";
import { printDiagnostics } from "../report/print-diagnostics.js";
import { runningProcess } from "../running-process.js";
import { type Terminal, tell } from "../terminal.js";
import { writePatiently } from "../write-patiently.js";
import { type Migration, filesOfUser, planMigration } from "./migration.js";
import { migrationLines } from "./migration-text.js";

/** Options of `migrate` alone. */
export interface MigrateOptions {
  /** Writes nothing. */
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** Migrates and reports; gives the exit code. */
export async function runMigrate(
  protos: readonly string[],
  flags: Flags,
  options: MigrateOptions,
  terminal: Terminal,
): Promise<number> {
  const progress = startProgress(terminal);
  const { root, plan, output, diagnostics } = await prepareOutput(protos, flags, terminal.cwd, progress.listener);
  const place = { terminal, root };
  if (plan === undefined || output === undefined || hasErrors(diagnostics)) {
    progress.clear();
    printDiagnostics(diagnostics, "text", place);
    return exitCodes.badInput;
  }
  const comparison = compareOutput(output);
  const migration = planMigration(comparison, plan, filesOfUser(comparison, plan));
  const extended = withFiles(output, changesOf(migration));
  const written =
    options.dryRun || hasErrors(comparison.diagnostics)
      ? comparison
      : await writePatiently(extended, { force: options.force, running: runningProcess() }, terminal);
  const handlers = await lookAtHandlers(root, plan, false);
  progress.clear();
  const found = [...diagnostics, ...written.diagnostics, ...handlers.diagnostics];
  printDiagnostics(found, "text", place);
  if (hasErrors(found)) return exitCodes.badInput;
  const lines = migrationLines(migration, options.dryRun);
  if (options.dryRun) terminal.stdout.write(`${lines.join("\n")}\n`);
  else tell(terminal, `${lines.join("\n")}\n`);
  return options.dryRun && migration.files.length + migration.imports.length > 0 ? exitCodes.drift : exitCodes.clean;
}

/** The tree with files of the user in place of scaffolds at their paths. */
function withFiles(output: OutputRequest, files: readonly OutputFile[]): OutputRequest {
  const paths = new Set(files.map(({ path }) => path));
  return { ...output, tree: { files: [...output.tree.files.filter(({ path }) => !paths.has(path)), ...files] } };
}

/** Imports without a new place stay as they are. */
function changesOf({ imports }: Migration): OutputFile[] {
  return imports
    .filter(({ before, after }) => before !== after)
    .map(({ path, before, after }) => ({ path, content: after, ownership: "user", replaces: before }));
}
