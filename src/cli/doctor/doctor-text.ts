/** The report of `doctor` for people: one screen. */
import type { Paint } from "../paint.js";
import { count } from "../report/summary.js";
import { padText, textWidth } from "../report/text-width.js";
import { type HealthCheck, type HealthState, healthAreas } from "./health-check.js";

/** A line for each check below its area, the advice under it, and the result. With `onlyTrouble`, checks that are fine are left out. */
export function renderHealth(checks: readonly HealthCheck[], paint: Paint, onlyTrouble: boolean): string {
  const shown = onlyTrouble ? checks.filter(({ state }) => state === "warning" || state === "error") : checks;
  const width = Math.max(0, ...shown.map(({ name }) => textWidth(name)));
  const lines = healthAreas.flatMap((area) => {
    const own = shown.filter((check) => check.area === area);
    return own.length === 0 ? [] : [paint.bold(area), ...own.flatMap((check) => renderCheck(check, width, paint))];
  });
  return `${[...lines, summarize(checks)].join("\n")}\n`;
}

function renderCheck({ name, state, text, help }: HealthCheck, width: number, paint: Paint): string[] {
  const mark = padText(labels[state], labelWidth);
  const line = `  ${paint[colors[state]](mark)}  ${padText(name, width)}  ${text}`;
  if (help === undefined || state === "ok") return [line];
  return [line, paint.dim(`  ${" ".repeat(labelWidth)}  ${" ".repeat(width)}  ${help}`)];
}

const labels: Readonly<Record<HealthState, string>> = { ok: "ok", note: "note", warning: "warning", error: "error" };
const labelWidth = 7;
const colors = { ok: "green", note: "cyan", warning: "yellow", error: "red" } as const;

function summarize(checks: readonly HealthCheck[]): string {
  const countOf = (wanted: HealthState): number => checks.filter(({ state }) => state === wanted).length;
  const [errors, warnings] = [countOf("error"), countOf("warning")];
  if (errors + warnings === 0) return "all is well";
  return [errors > 0 ? count(errors, "error") : "", warnings > 0 ? count(warnings, "warning") : ""]
    .filter((text) => text !== "")
    .join(", ");
}
