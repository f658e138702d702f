/** The page about a migration: one file, no script, nothing to load. */
import type { Finding, RpcSummary } from "../results/summary.js";
import { costSection, monthlyTotal } from "./cost-section.js";
import { functionsSection } from "./functions-section.js";
import { escapeHtml, type Html, html } from "./html.js";
import { latencyBars } from "./latency-bars.js";
import { methodSection } from "./method-section.js";
import { describeTraffic } from "../traffic/traffic-state.js";
import type { PageComparison, PageData, PageRow } from "./page-data.js";
import { pageStyle } from "./page-style.js";
import { cut, number, short } from "./page-text.js";

/** Most findings that unfold, and most characters of a body: a page has to open at once. */
const mostFindings = 300;
const mostCharacters = 4000;
/** Most findings in a row; the others are counted. */
const mostListed = 2000;

/** Renders the page. */
export function renderPage(data: PageData): string {
  const { title, date, comparison } = data;
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  const head = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}: migration</title>
<style>${pageStyle}</style>
`;
  const body = html`<body><main>
<h1>${title} <small>migration, ${date}</small></h1>
${tiles(data)}
${routesSection(data.rows)}
${comparison === undefined ? html`` : findingsSection(comparison)}
${functionsSection(data)}
${costSection(data)}
${diagnosticsSection(data)}
${methodSection(data)}
</main></body>
</html>
`;
  return head + body.markup;
}

function tiles(data: PageData): Html {
  const { rows, comparison, frontDoor } = data;
  const rpcs = new Set(rows.map(({ rpc }) => rpc));
  const compared = new Set(rows.filter(({ state }) => state !== "never compared").map(({ rpc }) => rpc));
  const differing = comparison?.different ?? 0;
  const first =
    comparison === undefined
      ? tile("–", "nothing compared yet: run grpc2lambda compare", "warn")
      : tile(
          `${number(differing)} of ${number(comparison.requests)}`,
          "requests answered differently",
          differing > 0 ? "bad" : "good",
        );
  const share = tile(`${compared.size} of ${rpcs.size}`, "RPCs compared", compared.size < rpcs.size ? "warn" : "good");
  const delta = comparison === undefined ? undefined : slowest(comparison.rpcs);
  const own = new Set(rows.filter(({ traffic }) => ["new", "moved"].includes(traffic.kind)).map(({ rpc }) => rpc));
  const moved = tile(`${own.size} of ${rpcs.size}`, "RPCs answered by new code alone", "soft");
  const month = monthlyTotal(data);
  const money = month === undefined ? html`` : tile(month.amount, month.text, "soft");
  return html`<div class="tiles">${first}${share}${moved}${delta ?? html``}${money}${tile(frontDoor, "front door", "soft")}</div>`;
}

function tile(value: string, text: string, tone: string): Html {
  return html`<div class="tile"><b class="${tone}">${value}</b>${text}</div>`;
}

/** The RPC whose 95th percentile grew most. */
function slowest(rpcs: readonly RpcSummary[]): Html | undefined {
  const measured = rpcs.filter((row) => row.old.count > 0 && row.new.count > 0);
  const [worst] = [...measured].sort((a, b) => b.new.p95 - b.old.p95 - (a.new.p95 - a.old.p95));
  if (worst === undefined) return undefined;
  const delta = Math.round((worst.new.p95 - worst.old.p95) * 10) / 10;
  return tile(
    `${delta > 0 ? "+" : ""}${delta} ms`,
    `p95 against the old service, at most (${short(worst.rpc)})`,
    "soft",
  );
}

function routesSection(rows: readonly PageRow[]): Html {
  const lines = rows.map(({ binding, rpc, state, traffic, measured }) => {
    const tone = { differs: "bad", "never compared": "warn", alike: "good" }[state];
    const latency = measured === undefined ? html`–` : latencyBars(measured.old, measured.new);
    return html`<tr><td><code>${binding}</code></td><td data-name="RPC">${short(rpc)}</td><td data-name="answered by">${cut(describeTraffic(traffic), 200)}</td><td data-name="state" class="${tone}">${state}</td><td data-name="compared" class="number">${number(measured?.requests ?? 0)}</td><td data-name="different" class="number">${number(measured?.different ?? 0)}</td><td data-name="latency">${latency}</td></tr>
`;
  });
  return html`<h2>Routes</h2>
<p class="soft">In the order of risk. Latency: p50, p95 and p99 on a logarithmic scale from 1 ms to 10 s, old above new, first calls left out. Differences are counted per RPC.</p>
<table class="table-small"><thead><tr><th>Route</th><th>RPC</th><th>Answered by</th><th>State</th><th class="number">Compared</th><th class="number">Different</th><th>Latency</th></tr></thead><tbody>
${lines}</tbody></table>
`;
}

function findingsSection({ findings, omitted, stopped }: PageComparison): Html {
  const differences = findings.filter(({ verdict }) => verdict === "difference");
  const others = findings.filter(({ verdict }) => verdict !== "difference");
  const unfolded = differences.slice(0, mostFindings).map(finding);
  const rows = [...differences.slice(mostFindings), ...others].slice(0, mostListed).map(listed);
  const left = findings.length - unfolded.length - rows.length + omitted;
  return html`<h2>Differences</h2>
${stopped === null ? html`` : html`<p class="bad">The comparison was stopped: ${stopped}</p>`}
${differences.length === 0 ? html`<p class="good">None.</p>` : html``}${unfolded}
${
  rows.length === 0
    ? html``
    : html`<h2>Noise, accepted and further differences</h2><table class="table-small"><thead><tr><th class="number">Requests</th><th>RPC</th><th>Field</th><th>Class</th><th>Verdict</th><th class="number">Old differs from itself</th></tr></thead><tbody>
${rows}</tbody></table>`
}
${left === 0 ? html`` : html`<p class="soft">and ${number(left)} more kinds, in results.jsonl</p>`}
`;
}

function finding({ rpc, path, class: kind, count, example }: Finding): Html {
  const [old, changed] = [example.bodies?.old ?? example.old, example.bodies?.new ?? example.new];
  return html`<details><summary><span class="bad">${number(count)} × ${kind}</span> ${short(rpc)} <code>${cut(path, 200)}</code> <code>${cut(example.old, 120)}</code> → <code>${cut(example.new, 120)}</code></summary>
<p style="padding:0 12px"><code>${cut(`${example.method} ${example.target}`, 1000)}</code></p>
<div class="sides"><div><p>old</p><pre tabindex="0">${cut(old, mostCharacters)}</pre></div><div><p>new</p><pre tabindex="0">${cut(changed, mostCharacters)}</pre></div></div></details>
`;
}

function listed({ rpc, path, class: kind, count, verdict, noise }: Finding): Html {
  return html`<tr><td data-name="requests" class="number">${number(count)}</td><td data-name="RPC">${short(rpc)}</td><td data-name="field"><code>${cut(path, 200)}</code></td><td data-name="class">${kind}</td><td data-name="verdict">${verdict}</td><td data-name="old differs from itself" class="number">${number(noise)}</td></tr>
`;
}

function diagnosticsSection({ diagnostics }: PageData): Html {
  if (diagnostics.length === 0) return html``;
  const rows = diagnostics.slice(0, 200).map(({ code, severity, message, location, help }) => {
    const place = location === undefined ? "" : `${location.file}:${location.line}`;
    return html`<tr><td>${severity}</td><td>${code}</td><td>${cut(message, 1000)}${help === undefined ? html`` : html`<br><span class="soft">${cut(help, 500)}</span>`}</td><td><code>${place}</code></td></tr>
`;
  });
  return html`<h2>Findings of the generator</h2>
<table class="table-small"><thead><tr><th>Severity</th><th>Code</th><th>Finding</th><th>Place</th></tr></thead><tbody>
${rows}</tbody></table>
`;
}
