/** Cost of a month on the page, behind each front door and of the old service. */
import { type CostEstimate, type DoorCost, describeBreakEven, dollars } from "../cost/cost-estimate.js";
import { type Html, html } from "./html.js";
import type { PageData } from "./page-data.js";
import { number } from "./page-text.js";

/** A row per front door; a sentence where nobody said how many requests there are. */
export function costSection({ cost, frontDoor }: PageData): Html {
  if (cost === undefined)
    return html`<h2>Cost</h2>
<p class="soft">Not estimated: give the requests of a month, with grpc2lambda report --requests 100000.</p>
`;
  const { usage, prices, oldMonthly, doors } = cost;
  const compared = oldMonthly !== null;
  return html`<h2>Cost of a month</h2>
<p class="soft">${number(usage.requests)} requests of ${Math.round(usage.duration * 10) / 10} ms, ${usage.memory} MB, ${usage.architecture}${usage.provisioned > 0 ? html`, ${usage.provisioned} GB of memory kept ready` : html``}${usage.cache > 0 ? html`, a cache of ${usage.cache} GB behind rest-api` : html``}. Prices of ${prices.date} in ${prices.region}, without free tiers.</p>
<table class="table-small"><thead><tr><th>Front door</th><th class="number">Functions</th><th class="number">Door</th><th class="number">Logs</th><th class="number">Transfer</th><th class="number">NAT</th><th class="number">A month</th><th class="number">Ten times the requests</th>${compared ? html`<th class="number">Cheaper than the old service up to</th>` : html``}</tr></thead><tbody>
${doors.map((door) => row(door, door.frontDoor === frontDoor))}</tbody></table>
${compared ? html`<p>The old service costs ${dollars(oldMonthly)} a month.</p>` : html``}${usage.nat ? html`<p class="warn">A NAT gateway costs by the hour: without it most of the sum is gone.</p>` : html``}
`;
}

function row(door: DoorCost, configured: boolean): Html {
  const name = configured ? html`<b>${door.frontDoor}</b> (configured)` : html`${door.frontDoor}`;
  const even = door.breakEven;
  return html`<tr><td>${name}</td>${cell("functions", door.functions)}${cell("door", door.door)}${cell("logs", door.logs)}${cell("transfer", door.transfer)}${cell("NAT", door.nat)}${cell("a month", door.total)}${cell("ten times the requests", door.tenfold)}${even === undefined ? html`` : html`<td data-name="cheaper than the old service up to" class="number">${describeBreakEven(even)}</td>`}</tr>
`;
}

function cell(name: string, amount: number): Html {
  return html`<td data-name="${name}" class="number">${dollars(amount)}</td>`;
}

/** The configured front door beside the old service: `$0.27`, and what it is compared with. */
export function monthlyTotal({
  cost,
  frontDoor,
}: PageData): { readonly amount: string; readonly text: string } | undefined {
  const own = cost?.doors.find((door) => door.frontDoor === frontDoor);
  if (own === undefined) return undefined;
  const old: CostEstimate["oldMonthly"] = cost?.oldMonthly ?? null;
  return {
    amount: dollars(own.total),
    text: old === null ? "a month" : `a month, ${dollars(old)} for the old service`,
  };
}
