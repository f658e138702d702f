/** The work of `report`. */
import { join, resolve } from "node:path";
import { renderPage } from "../../migrate/page/page.js";
import { type PageData, pageData } from "../../migrate/page/page-data.js";
import { ResultsError, writeDocument } from "../../migrate/results/results-file.js";
import { readSummary } from "../compare/read-summary.js";
import type { Flags } from "../config/flags.js";
import { displayPath } from "../config/project-paths.js";
import { exitCodes } from "../exit-codes.js";
import { readPlan } from "../read-plan.js";
import { concealForeign } from "../report/conceal.js";
import { printable } from "../report/printable.js";
import { readZipSizes } from "../doctor/zip-sizes.js";
import type { Terminal } from "../terminal.js";
import { type CostFlags, settleCost } from "./settle-cost.js";

/** Flags of `report` alone. */
export interface ReportOptions extends Omit<CostFlags, "requests"> {
  /** Requests a month. Absent: the page has no costs. */
  readonly requests?: number;
  readonly results?: string;
  readonly page?: string;
  readonly json?: boolean;
}

/** Writes the page, or prints its data; gives the exit code. */
export async function runReport(
  protos: readonly string[],
  flags: Flags & ReportOptions,
  terminal: Terminal,
): Promise<number> {
  const project = await readPlan(protos, flags, terminal);
  if (project === undefined) return exitCodes.badInput;
  const { root, plan, diagnostics } = project;
  const folder = resolve(terminal.cwd, flags.results ?? join(root, "compare"));
  const comparison = readSummary(join(folder, "summary.json"));
  if (typeof comparison === "string") return refuse(comparison, terminal);
  const { requests } = flags;
  const cost = requests === undefined ? undefined : settleCost(plan, { ...flags, requests }, comparison, terminal.cwd);
  if (typeof cost === "string") return refuse(cost, terminal);
  const data = pageData(plan, {
    diagnostics: concealForeign(diagnostics, root, terminal.cwd),
    zipBytes: readZipSizes(plan, root),
    date: pageDate(terminal.env),
    ...(comparison === undefined ? {} : { comparison }),
    ...(cost === undefined ? {} : { cost }),
  });
  if (flags.json === true) {
    terminal.stdout.write(`${JSON.stringify(data, undefined, 2)}\n`);
    return exitCodes.clean;
  }
  return writePage(data, resolve(terminal.cwd, flags.page ?? join(folder, "page.html")), terminal);
}

function refuse(problem: string, terminal: Terminal): number {
  terminal.stderr.write(`error: ${printable(problem)}\n`);
  return exitCodes.badInput;
}

function writePage(data: PageData, path: string, terminal: Terminal): number {
  try {
    writeDocument(path, renderPage(data));
  } catch (error) {
    if (!(error instanceof ResultsError)) throw error;
    terminal.stderr.write(`error: ${printable(error.message)}\n`);
    return exitCodes.notCompared;
  }
  terminal.stdout.write(`${printable(displayPath(terminal.cwd, path))}\n`);
  return exitCodes.clean;
}

/** https://reproducible-builds.org/specs/source-date-epoch/ */
function pageDate(env: Terminal["env"]): Date {
  const epoch = env["SOURCE_DATE_EPOCH"];
  return epoch !== undefined && /^\d{1,12}$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
}
