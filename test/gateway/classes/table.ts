/** The table of differences in Markdown, docs/gateway-differences.md. */
import type { ClassExample, DifferenceClass } from "./difference-class.js";

const head = `# Differences from grpc-gateway

The profile \`grpc-gateway\` answers as grpc-gateway does, 2.33 or 2.30 as \`transcoding.gateway\` says, with default options of its mux. This page lists what differs.

\`npm run test:gateway\` sends the same requests to the real grpc-gateway and through every front door. Any difference that is not listed here fails the run, and so does a row whose example shows no difference any more.
\`npm run test:peers\` runs \`grpc2lambda compare\` between both generations of the gateway and the functions, with a server of grpc-go behind both: what it finds is listed with the rows of this page.
\`npm run docs:gateway\` writes the page from \`test/gateway/classes/\`.

Not compared: the texts of errors about a wrong request (the gateway quotes Go's parsers), white space between tokens of JSON, and what a gRPC connection says of itself (\`Grpc-Metadata-Content-Type: application/grpc\`, which a gateway adds to every reply).
`;

/** The whole page. */
export function differenceTable(classes: readonly DifferenceClass[]): string {
  const standing = classes.filter(({ state }) => state.kind === "stands");
  const open = classes.filter(({ state }) => state.kind === "open");
  const areas = [...new Set(standing.map(({ area }) => area))];
  const sections = areas.map((area) =>
    section(
      area,
      standing.filter((one) => one.area === area),
    ),
  );
  return [head, ...sections, ...(open.length === 0 ? [] : [openSection(open)])].join("\n");
}

function section(area: string, classes: readonly DifferenceClass[]): string {
  const rows = classes.map(({ id, gateway, product, state, versions, example, noExample }) => {
    const only = versions === undefined ? "" : ` (${versions.join(", ")} only)`;
    const reason = state.kind === "stands" ? state.reason : "";
    const shown = example === undefined ? `none: ${noExample ?? ""}` : exampleText(example);
    return row([`\`${id}\``, `${gateway}${only}`, product, reason, shown]);
  });
  const columns = ["class", "grpc-gateway", "grpc2lambda", "why", "for example"];
  return `## ${area}\n\n${row(columns)}\n${row(columns.map(() => "---"))}\n${rows.join("\n")}\n`;
}

function openSection(classes: readonly DifferenceClass[]): string {
  const rows = classes.map(({ id, area, gateway, product }) => row([`\`${id}\``, area, gateway, product]));
  const columns = ["class", "area", "grpc-gateway", "grpc2lambda"];
  return `## Known, and to be mended\n\n${row(columns)}\n${row(columns.map(() => "---"))}\n${rows.join("\n")}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}

const longest = 90;

function exampleText({ method = "GET", target, headers = [], body = "", leg, plan }: ClassExample): string {
  const request = [`${method} ${target}`, ...headers.map((pair) => pair.join(": ")), body].filter(
    (text) => text !== "",
  );
  const written = request
    .map((text) => `\`${text.length > longest ? `${text.slice(0, longest)}…` : text}\``)
    .join(", ");
  const handler = plan === undefined ? "" : `; ${planText(plan)}`;
  return `${written}${leg === undefined ? "" : ` (${leg})`}${handler}`;
}

function planText(plan: NonNullable<ClassExample["plan"]>): string {
  const { error, header, trailer, throws } = plan;
  if (throws === true) return "the handler throws";
  if (error !== undefined) return `the handler fails with code ${error.code}`;
  const [name] = (header ?? trailer)?.[0] ?? [];
  return name === undefined ? "any handler" : `the handler sends \`${name}\``;
}
