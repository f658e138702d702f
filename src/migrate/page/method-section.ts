/** The way the numbers of the page were measured. */
import { type Html, html } from "./html.js";
import type { ComparisonRun, PageComparison, PageData } from "./page-data.js";
import { number } from "./page-text.js";

/** Says what was asked and with what; nothing without a comparison. */
export function methodSection({ comparison }: PageData): Html {
  if (comparison === undefined) return html``;
  const { run } = comparison;
  const twice =
    run?.noise === false
      ? html``
      : html`, and to the old side again where that is safe: what it does to itself is noise`;
  return html`<h2>How it was measured</h2>
<p>Each request went to <code>${comparison.old}</code> and to <code>${comparison.new}</code> at the same moment${twice}. ${number(comparison.uncompared)} requests got no old answer and are not counted. Secrets are redacted.</p>
${run === undefined ? html`` : command(run, comparison)}`;
}

function command({ version, sources }: ComparisonRun, comparison: PageComparison): Html {
  const [, side = comparison.new] = /^(\S+) \(/.exec(comparison.new) ?? [];
  const line = ["grpc2lambda compare", ...sources.map(sourceArgument), `--old ${comparison.old}`, `--new ${side}`];
  return html`<p>With grpc2lambda ${version}: <code>${line.join(" ")}</code></p>
`;
}

/** `generated:200:7` was asked for with `--generate 200 --seed 7`. */
function sourceArgument(source: string): string {
  const [, count, seed] = /^generated:(\d+):(\d+)$/.exec(source) ?? [];
  return count === undefined ? source : `--generate ${count} --seed ${seed ?? ""}`;
}
