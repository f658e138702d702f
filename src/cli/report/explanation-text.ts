/** An explanation for people. */
import { type FrontDoor, withArticle } from "../../front-door/front-door.js";
import { frontDoorOf } from "../../front-door/front-doors.js";
import type { RoutePlan } from "../../plan/plan.js";
import type { Answer, DoorPassage, Explanation, Loser } from "../explain/explanation.js";
import type { RequestReading } from "../explain/request-reading.js";
import { showMessage } from "../explain/show-message.js";
import { variablesOf } from "./explanation-json.js";
import { alignColumns } from "./columns.js";
import { formatPlace } from "./format-diagnostic.js";
import type { Paint } from "../paint.js";
import { printable } from "./printable.js";
import { count } from "./summary.js";

/** Limits of the listed near misses; the others are counted. More are listed if no RPC answers. */
const shownMisses = { rpc: { count: 3, nearness: 0.5 }, none: { count: 6, nearness: 0.2 } } as const;

type Row = readonly string[];

/** Blocks of indented lines: what happens, the query, the bindings that lost. */
export function renderExplanation(explanation: Explanation, reading: RequestReading | undefined, paint: Paint): string {
  const { request, answer } = explanation;
  const target = request.query === "" ? request.path : `${request.path}?${request.query}`;
  const blocks = [
    [paint.bold(`${printable(request.method)} ${printable(target)}`), ...indent(describe(explanation, reading))],
    titled("Query", (reading?.query ?? []).map(queryRow), paint),
    titled("Message, with an empty body", showsMessage(answer, reading) ? messageRows(reading?.request) : [], paint),
    titled(answer.kind === "rpc" ? "Other bindings" : "Bindings, nearest first", otherRows(explanation), paint),
  ];
  const rest = countRest(explanation);
  if (rest > 0) blocks.push([`  and ${count(rest, "binding")} further away (--json lists all)`]);
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function titled(title: string, rows: readonly Row[], paint: Paint): string[] {
  return rows.length === 0 ? [] : [paint.bold(title), ...indent(rows)];
}

function indent(rows: readonly Row[]): string[] {
  return alignColumns(rows).map((line) => `  ${line}`);
}

function describe(explanation: Explanation, reading: RequestReading | undefined): Row[] {
  const { frontDoor, door, request, profile, withoutDoor } = explanation;
  return [
    ...arrival(door, request.path, frontDoorOf(frontDoor)),
    ...describeAnswer(explanation, reading),
    ...(withoutDoor === undefined ? [] : [directRow(withoutDoor, profile)]),
  ];
}

function arrival({ seen }: DoorPassage, sent: string, frontDoor: FrontDoor): Row[] {
  if (seen === undefined || seen.path === sent) return [];
  const reason = seen.pathIsDecoded ? ", which decodes the path" : "";
  return [["arrives as", `${printable(seen.path)} behind ${withArticle(frontDoor)}${reason}`]];
}

function describeAnswer({ answer, door, frontDoor }: Explanation, reading: RequestReading | undefined): Row[] {
  switch (answer.kind) {
    case "rpc": {
      const variables = variablesOf(answer).map(({ name, text }) => `${name} = ${printable(JSON.stringify(text))}`);
      return [
        ["answered by", rpcOf(answer.route)],
        ["binding", `${bindingOf(answer.route)} at ${formatPlace(answer.route.binding.location)}`],
        ...(variables.length === 0 ? [] : [["variables", variables.join(", ")] as const]),
        ...streamRows(answer.route),
        ...reached(door),
        ...(reading?.refusal === undefined
          ? []
          : [["but", `400 INVALID_ARGUMENT before the handler: ${printable(reading.refusal)}`] as const]),
      ];
    }
    case "status":
      return [["answered by", `nobody: ${statusText(answer)}`], ...reached(door)];
    case "own":
      return [["answered by", printable(`${answer.route} of the configuration: ${answer.answer}`)], ...reached(door)];
    case "door":
      return door.kind === "refused"
        ? [["answered by", `nobody: ${doorText(frontDoorOf(frontDoor), door.status)}, ${printable(door.reason)}`]]
        : [];
    default:
      return answer satisfies never;
  }
}

function doorText({ title }: FrontDoor, status: number): string {
  return `the ${title} itself answers ${status}`;
}

/** A stream has no message without a body. */
function showsMessage(answer: Answer, reading: RequestReading | undefined): boolean {
  return reading?.request !== undefined && !(answer.kind === "rpc" && answer.route.method.method.clientStreaming);
}

function streamRows({ method: { method } }: RoutePlan): Row[] {
  return method.clientStreaming ? [["requests", "the messages of the body, which are the stream"]] : [];
}

function reached(door: DoorPassage): Row[] {
  if (door.kind === "refused") return [];
  return [
    ["function", door.functionId],
    ["door route", printable(door.routeKey)],
    ["callers", door.auth === "none" ? "everybody (none)" : `checked by the door: ${door.auth}`],
    ...(door.cacheSeconds === undefined
      ? []
      : [["cache", `the door repeats the answer for ${door.cacheSeconds} s`] as const]),
  ];
}

function statusText({ status, code, reason }: Answer & { readonly kind: "status" }): string {
  return `${status} (code ${code}), ${printable(reason)}`;
}

/** The door changes what the profile alone would do. */
function directRow(answer: Answer, profile: Explanation["profile"]): Row {
  const label = profile === "spec" ? "without door" : profile;
  switch (answer.kind) {
    case "rpc": {
      const variables = variablesOf(answer).map(({ name, text }) => `${name} = ${printable(JSON.stringify(text))}`);
      return [
        label,
        `would answer with ${rpcOf(answer.route)}${variables.length === 0 ? "" : `, ${variables.join(", ")}`}`,
      ];
    }
    case "status":
      return [label, `would answer ${statusText(answer)}`];
    case "own":
    case "door":
      return [label, ""];
    default:
      return answer satisfies never;
  }
}

function queryRow(effect: RequestReading["query"][number]): Row {
  const shown = effect.values.map((value) => `${effect.name}=${value}`).join("&");
  const text = effect.kind === "sets" ? `sets ${effect.field}` : `${effect.kind}: ${effect.reason}`;
  return [shown.length > 60 ? `${shown.slice(0, 60)}…` : shown, text].map(printable);
}

function messageRows(message: unknown): Row[] {
  return showMessage(message)
    .split("\n")
    .map((line): Row => [printable(line), ""]);
}

function otherRows(explanation: Explanation): Row[] {
  return listed(explanation).map(({ route, reason }) => {
    const { httpMethod, template } = route.binding;
    return [httpMethod, template.source, route.method.method.name, reason].map(printable);
  });
}

/** Those that match in part come first, then the nearest misses. */
function listed({ others, answer }: Explanation): readonly Loser[] {
  const shown = shownMisses[answer.kind === "rpc" ? "rpc" : "none"];
  const misses = others
    .filter(({ kind, nearness }) => kind === "path" && nearness >= shown.nearness)
    .sort((a, b) => b.nearness - a.nearness)
    .slice(0, shown.count);
  return [
    ...others.filter(({ kind }) => kind === "shadowed"),
    ...others.filter(({ kind }) => kind === "method"),
    ...misses,
  ];
}

function countRest(explanation: Explanation): number {
  return explanation.others.length - listed(explanation).length;
}

function rpcOf({ method }: RoutePlan): string {
  return `${method.service.fullName}/${method.method.name}`;
}

function bindingOf({ binding }: RoutePlan): string {
  return printable(`${binding.httpMethod} ${binding.template.source}`);
}
