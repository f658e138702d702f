/** Options of a command's report. */
import { type Command, Option } from "commander";
import type { Terminal } from "../terminal.js";

/** `text` for people, `json` for scripts, `github` for annotations on a pull request. */
export type ReportFormat = "text" | "json" | "github";

/** The flags that choose a format. */
export interface ReportFlags {
  readonly report?: ReportFormat;
  readonly json?: boolean;
}

/** Adds --report and --json. */
export function addReportOptions(command: Command): Command {
  return command
    .optionsGroup("Report:")
    .addOption(
      new Option("--report <format>", "text, json or github (default: github in GitHub Actions, else text)").choices([
        "text",
        "json",
        "github",
      ]),
    )
    .option("--json", "the same as --report json");
}

/** The format that flags and environment ask for. */
export function reportFormat(flags: ReportFlags, env: Terminal["env"]): ReportFormat {
  if (flags.json === true) return "json";
  return flags.report ?? (env["GITHUB_ACTIONS"] === "true" ? "github" : "text");
}
