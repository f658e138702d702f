/** Findings on their way out, in the format that was asked for. */
import { type Diagnostic, sortDiagnostics } from "../../diagnostics.js";
import type { ReportFormat } from "./report-options.js";
import { type Terminal, wantsColor } from "../terminal.js";
import { concealForeign } from "./conceal.js";
import { formatAnnotations } from "./github-annotation.js";
import { renderDiagnostics } from "./render-diagnostic.js";
import { readSourceLines } from "./source-lines.js";

/** The origin of findings: paths in them are relative to the terminal's working directory. */
export interface ReportPlace {
  readonly terminal: Terminal;
  /** Absolute path of the project. What files outside of it say is not repeated. */
  readonly root: string;
}

/**
 * `text`: on stderr, with excerpts. `github`: annotations on stdout. `json`: nothing; the findings are part of the
 * document that the command prints.
 */
export function printDiagnostics(found: readonly Diagnostic[], format: ReportFormat, place: ReportPlace): void {
  const { terminal, root } = place;
  const diagnostics = concealForeign(found, root, terminal.cwd);
  switch (format) {
    case "text": {
      const { stderr, env, verbosity, cwd } = terminal;
      const said = verbosity === "quiet" ? diagnostics.filter(({ severity }) => severity === "error") : diagnostics;
      const all = verbosity === "verbose" ? { most: Number.POSITIVE_INFINITY } : {};
      const options = { sourceLines: readSourceLines(cwd), color: wantsColor(stderr, env), ...all };
      const text = renderDiagnostics(said, options);
      if (text !== "") terminal.stderr.write(text);
      return;
    }
    case "github":
      if (diagnostics.length > 0) terminal.stdout.write(formatAnnotations(diagnostics));
      return;
    case "json":
      return;
    default:
      format satisfies never;
  }
}

/** A JSON document on stdout; `diagnostics` first, in the order of the text report. */
export function printJson(document: object, found: readonly Diagnostic[], { terminal, root }: ReportPlace): void {
  const diagnostics = concealForeign(found, root, terminal.cwd);
  terminal.stdout.write(
    `${JSON.stringify({ diagnostics: sortDiagnostics(diagnostics), ...document }, undefined, 2)}\n`,
  );
}
