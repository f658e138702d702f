/**
 * The summary of a job of GitHub Actions: Markdown that the run's page shows.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
 */
import { appendFileSync } from "node:fs";
import type { Terminal } from "../terminal.js";
import { printable } from "./printable.js";

/** Rows of the table at most. */
const maxRows = 100;

/** Appends a table of files, and advice, to the summary, if the environment names its file. */
export function writeJobSummary(
  { env }: Pick<Terminal, "env">,
  findings: readonly { readonly path: string; readonly label: string; readonly reason: string }[],
  advice: readonly string[],
): void {
  const file = env["GITHUB_STEP_SUMMARY"];
  if (file === undefined || file === "" || findings.length === 0) return;
  const rows = findings
    .slice(0, maxRows)
    .map(({ path, label, reason }) => `| ${cell(path)} | ${label} | ${cell(reason)} |`);
  const more = findings.length > maxRows ? ["", `and ${findings.length - maxRows} more`] : [];
  const lines = [
    "### grpc2lambda check",
    "",
    "| file | state | why |",
    "|---|---|---|",
    ...rows,
    ...more,
    "",
    ...advice,
  ];
  appendFileSync(file, `${lines.join("\n")}\n`);
}

function cell(text: string): string {
  return printable(text).replaceAll(/[|<>&`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
