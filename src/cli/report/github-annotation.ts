/**
 * Diagnostics as GitHub Actions annotations, which show up beside the code of a pull request.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 */
import type { Diagnostic, Severity } from "../../diagnostics.js";
import { cutList } from "./cut-list.js";
import { printable } from "./printable.js";

/** One workflow command per finding, each line ended; of long lists the beginning, and a notice that counts the rest. */
export function formatAnnotations(diagnostics: readonly Diagnostic[]): string {
  const { shown, left } = cutList(diagnostics);
  const annotations = shown.map((diagnostic) => {
    const { location, help, message } = diagnostic;
    const text = help === undefined ? message : `${message}\nhelp: ${help}`;
    return formatAnnotation(levels[diagnostic.severity], text, {
      ...(location === undefined ? {} : { file: location.file, line: location.line, col: location.column }),
      title: diagnostic.code,
    });
  });
  return [...annotations, ...left.map((text) => formatAnnotation("notice", text, { title: "grpc2lambda" }))].join("");
}

/** `::error file=a.proto,line=1,title=HR003::text`, ended. */
export function formatAnnotation(
  level: "error" | "warning" | "notice",
  text: string,
  properties: Readonly<Record<string, string | number>>,
): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${list.join(",")}::${escapeData(text)}\n`;
}

const levels = { error: "error", warning: "warning", info: "notice" } as const satisfies Record<Severity, string>;

/** Line ends are the command's own; other control characters, which log viewers obey, come out as in a terminal. */
function escapeData(text: string): string {
  return text.split("\n").map(printable).join("\n").replaceAll("%", "%25").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text.replaceAll("\n", "\\u{a}")).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
