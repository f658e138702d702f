/** Functions on the page, with the sizes of the last build. */
import { type Html, html } from "./html.js";
import type { PageData, PageFunction } from "./page-data.js";
import { number } from "./page-text.js";

/** A row per function, the largest zip first. */
export function functionsSection({ functions, maxZipBytes }: PageData): Html {
  const sorted = [...functions].sort((a, b) => (b.zipBytes ?? 0) - (a.zipBytes ?? 0));
  const budget =
    maxZipBytes === undefined
      ? html`There is no budget for zips (build.maxZipBytes).`
      : html`The budget of a zip is ${kilobytes(maxZipBytes)}.`;
  const built = functions.some(({ zipBytes }) => zipBytes !== undefined);
  return html`<h2>Functions</h2>
<p class="soft">${budget}${built ? html`` : html` Nothing is built yet: run grpc2lambda build.`}</p>
<table class="table-small"><thead><tr><th>Function</th><th class="number">RPCs</th><th class="number">Zip</th><th class="number">Memory</th><th class="number">Timeout</th></tr></thead><tbody>
${sorted.map((each) => row(each, maxZipBytes))}</tbody></table>
`;
}

function row({ id, rpcs, memory, timeout, zipBytes }: PageFunction, most: number | undefined): Html {
  const over = zipBytes !== undefined && most !== undefined && zipBytes > most;
  const size = zipBytes === undefined ? html`–` : html`${kilobytes(zipBytes)}${over ? html`, over budget` : html``}`;
  return html`<tr><td><code>${id}</code></td><td data-name="RPCs" class="number">${rpcs}</td><td data-name="zip" class="number${over ? " bad" : ""}">${size}</td><td data-name="memory" class="number">${number(memory)} MB</td><td data-name="timeout" class="number">${timeout} s</td></tr>
`;
}

function kilobytes(bytes: number): string {
  return `${number(Math.floor(bytes / 1000))}.${Math.floor((bytes % 1000) / 100)} kB`;
}
