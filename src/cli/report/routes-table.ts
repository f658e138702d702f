/** The routing table for people. */
import type { RouteRow } from "../../emit/functions/routes.js";
import type { Profile } from "../../runtime/routing/profile.js";
import { alignColumns } from "./columns.js";
import type { Paint } from "../paint.js";
import { printable } from "./printable.js";
import { count } from "./summary.js";

const orders: Readonly<Record<Profile["precedence"], string>> = {
  lastDeclared: "the last declared first, as in grpc-gateway",
  specificity: "the most specific first",
};

const titles = [
  "METHOD",
  "PATH TEMPLATE",
  "RPC",
  "VARIABLES",
  "BODY",
  "RESPONSE BODY",
  "FUNCTION",
  "DOOR ROUTE",
  "AUTH",
];

/** A row per binding in the order given, below a header; columns that say nothing are left out, and authentication that all have. */
export function renderRoutes(rows: readonly RouteRow[], precedence: Profile["precedence"], paint: Paint): string {
  const total = `${count(rows.length, "binding")}, ${orders[precedence]}`;
  if (rows.length === 0) return `${total}\n`;
  const differ = rows.some(({ auth }) => auth !== rows[0]?.auth);
  const table = rows.map((row) => cells(differ ? row : { ...row, auth: "" }));
  const header = titles.map((title, column) => (table.some((row) => row[column] !== "") ? title : ""));
  const [first = "", ...lines] = alignColumns([header, ...table]);
  return `${[paint.dim(first), ...lines, "", total].join("\n")}\n`;
}

function cells(row: RouteRow): string[] {
  const rpc = row.rpc.slice(row.rpc.lastIndexOf(".") + 1);
  const { httpMethod, template, variables, body, responseBody, routeKey, auth } = row;
  return [httpMethod, template, rpc, variables.join(", "), body, responseBody, row.function, routeKey, auth].map(
    printable,
  );
}
