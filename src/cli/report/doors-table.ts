/** The front doors side by side, for people. */
import type { DoorComparison, FrontDoorComparison } from "../../deploy/compare-front-doors.js";
import type { DoorLoss } from "../../plan/routes/door-losses.js";
import type { Paint } from "../paint.js";
import { printable } from "./printable.js";
import { padText, textWidth } from "./text-width.js";

/** A column per door, then what each loses or cannot do, then the recommendation. */
export function renderDoorsTable({ doors, recommended, reasons }: FrontDoorComparison, paint: Paint): string {
  const head = ["", ...doors.map(({ frontDoor }) => frontDoor)];
  const table = [head, ...rows.map(([label, show]) => [label, ...doors.map(show)])];
  const widths = head.map((_, column) => Math.max(...table.map((row) => textWidth(row[column] ?? ""))));
  const lines = table.map((row, index) => {
    const line = row.map((cell, column) => padText(cell, widths[column] ?? 0)).join("  ");
    return index === 0 ? paint.bold(line.trimEnd()) : line.trimEnd();
  });
  const remarks = doors.flatMap((door) => remarksOn(door, paint));
  const advice = [
    paint.bold(`Take ${recommended}:`),
    ...reasons.map((reason) => `  ${reason}`),
    paint.dim(`  set deployment.frontDoor to ${recommended}, or pass --front-door ${recommended}`),
  ];
  return `${[lines.join("\n"), ...(remarks.length === 0 ? [] : [remarks.join("\n")]), advice.join("\n")].join("\n\n")}\n`;
}

const rows: readonly (readonly [string, (door: DoorComparison) => string])[] = [
  ["RPCs that lose nothing", ({ wholeRpcs, rpcs }) => `${wholeRpcs} of ${rpcs}`],
  ["functions", ({ functions }) => String(functions)],
  ["routes of at most", ({ routes }) => (routes.limit === undefined ? "none" : `${routes.count} of ${routes.limit}`)],
  ["sizes", ({ facts }) => facts.sizes],
  ["time", ({ facts }) => facts.time],
  ["streaming", ({ facts }) => facts.streaming],
  ["authentication", ({ facts }) => facts.authentication],
  ["private access", ({ facts }) => facts.privateAccess],
  ["firewall", ({ facts }) => facts.firewall],
  ["price", ({ facts }) => facts.price],
];

function remarksOn({ frontDoor, losses, obstacles }: DoorComparison, paint: Paint): string[] {
  return [
    ...obstacles.map((obstacle) => `${paint.red(frontDoor)}  not with these settings: ${printable(obstacle)}`),
    ...losses.map((loss) => `${paint.yellow(frontDoor)}  ${lossWords[loss.kind]}: ${listRpcs(loss)}`),
  ];
}

const lossWords: Readonly<Record<DoorLoss["kind"], string>> = {
  buffered: "replies arrive all at once",
  path: 'path values with "/", "?" or "%" do not arrive whole',
  method: "requests may be refused for their HTTP method",
  reserved: "the path is answered by the door itself",
};

function listRpcs({ rpcs }: DoorLoss): string {
  const shown = rpcs.slice(0, 4).map((name) => printable(name.split(".").slice(-2).join(".")));
  return rpcs.length > shown.length ? `${shown.join(", ")} and ${rpcs.length - shown.length} more` : shown.join(", ");
}
