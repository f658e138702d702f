/** Two bars, old above new, on a logarithmic scale from 1 ms to 10 s: made ahead of time, so that the page needs no script. */
import type { Percentiles } from "../results/percentiles.js";
import { type Html, html } from "./html.js";

/** Pixels from 1 ms to 10 s. */
const width = 180;
const decades = 4;

/** Draws p50 (dark) and p99 (light) of both sides; nothing where a side has no calls. */
export function latencyBars(old: Percentiles, changed: Percentiles): Html {
  if (old.count === 0 || changed.count === 0) return html`–`;
  const label = `p50, p95, p99 in ms: old ${describe(old)}; new ${describe(changed)}`;
  return html`<svg width="${width + 2}" height="24" role="img" aria-label="${label}"><title>${label}</title>${bar("old", old, 3)}${bar("new", changed, 14)}</svg>`;
}

function describe({ p50, p95, p99 }: Percentiles): string {
  return `${p50}, ${p95}, ${p99}`;
}

function bar(name: string, { p50, p95, p99 }: Percentiles, y: number): Html {
  const parts = [p99, p95, p50].map((ms) => html`<rect x="0" y="${y}" width="${scale(ms)}" height="8" rx="2"/>`);
  return html`<g class="${name}">${parts}</g>`;
}

/** At least one pixel, to a tenth of one. */
function scale(ms: number): number {
  const part = Math.log10(Math.max(1, ms)) / decades;
  return Math.round(Math.max(1, Math.min(1, part) * width) * 10) / 10;
}
