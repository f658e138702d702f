/** The work of `traffic`. */
import {
  type CanaryView,
  canaryMinutes,
  requestsPerMinute,
  telling,
  viewCanary,
} from "../../migrate/traffic/canary-view.js";
import { describeTraffic, trafficState } from "../../migrate/traffic/traffic-state.js";
import type { MethodPlan, RequestPart } from "../../plan/plan.js";
import type { Flags } from "../config/flags.js";
import { exitCodes } from "../exit-codes.js";
import { type Paint, paints } from "../paint.js";
import { readPlan } from "../read-plan.js";
import { alignColumns } from "../report/columns.js";
import { printable } from "../report/printable.js";
import { type Terminal, wantsColor } from "../terminal.js";

/** Flags of `traffic` alone. */
export interface TrafficFlags {
  readonly requests?: number;
  readonly json?: boolean;
}

/** Prints where every RPC is, and what its share can show; gives the exit code. */
export async function runTraffic(
  protos: readonly string[],
  flags: Flags & TrafficFlags,
  terminal: Terminal,
): Promise<number> {
  const project = await readPlan(protos, flags, terminal);
  if (project === undefined) return exitCodes.badInput;
  const { methods } = project.plan;
  const canaries = flags.requests === undefined ? [] : viewCanaries(methods, flags.requests);
  const paint = paints(wantsColor(terminal.stdout, terminal.env));
  const text =
    flags.json === true ? toJson(methods, flags.requests, canaries) : toText(methods, flags.requests, canaries, paint);
  terminal.stdout.write(text);
  return exitCodes.clean;
}

/** A view for each share, in rising order. */
function viewCanaries(methods: readonly MethodPlan[], requests: number): CanaryView[] {
  const states = methods.map(trafficState);
  const shares = new Set(states.flatMap((state) => (state.kind === "canary" ? [state.share] : [])));
  return [...shares].sort((a, b) => a - b).map((share) => viewCanary(share, requests));
}

function toJson(methods: readonly MethodPlan[], requests: number | undefined, canaries: readonly CanaryView[]): string {
  const rpcs = methods.map((method) => {
    const { testers = [], sticky = null, fallback = false, parameter = null } = method.traffic ?? {};
    return { rpc: method.method.fullName, ...trafficState(method), testers, sticky, fallback, parameter };
  });
  return `${JSON.stringify({ rpcs, requestsOfMonth: requests ?? null, canaries }, undefined, 2)}\n`;
}

function toText(
  methods: readonly MethodPlan[],
  requests: number | undefined,
  canaries: readonly CanaryView[],
  paint: Paint,
): string {
  const table = alignColumns([["RPC", "answered by", "testers", "key", "fallback"], ...methods.map(row)]);
  const counts = new Map<string, number>();
  for (const { kind } of methods.map(trafficState)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const sum = [...counts].map(([kind, count]) => `${count} ${kind}`).join(", ");
  const lines = [
    ...table.map((line, at) => (at === 0 ? paint.bold(line) : line)),
    "",
    sum,
    ...describeParameters(methods),
  ];
  return `${[...lines, ...describeRate(requests, canaries)].join("\n")}\n`;
}

/** Shares that count may be others than those of the configuration, and this command asks AWS nothing. */
function describeParameters(methods: readonly MethodPlan[]): string[] {
  const names = new Set(methods.flatMap(({ traffic }) => traffic?.parameter ?? []));
  return [...names].map(
    (name) => `the parameter ${name} goes before these shares: aws ssm get-parameter --name ${name}`,
  );
}

function row(planned: MethodPlan): string[] {
  const { testers = [], sticky, fallback } = planned.traffic ?? {};
  const name = `${planned.service.name}.${planned.method.name}`;
  const keys = sticky === undefined ? [] : [sticky];
  return [name, describeTraffic(trafficState(planned)), parts(testers), parts(keys), fallback === true ? "yes" : ""];
}

function parts(of: readonly RequestPart[]): string {
  return of
    .map(({ from, name, equals }) => printable(`${from}:${name}${equals === undefined ? "" : `=${equals}`}`))
    .join(" ");
}

function describeRate(requests: number | undefined, canaries: readonly CanaryView[]): string[] {
  if (requests === undefined) return [];
  const rate = `${requests} requests a month are ${rounded(requestsPerMinute(requests))} a minute, if they come evenly`;
  return ["", rate, ...canaries.map(describeCanary)];
}

function describeCanary({ share, requests, minutes }: CanaryView): string {
  const seen = Math.round(requests);
  const count = `${share} % for ${canaryMinutes} minutes is ${seen} ${seen === 1 ? "request" : "requests"}`;
  return `${count}; ${telling}, in which an error of 1 in 100 shows two times of three, take ${duration(minutes)}`;
}

function duration(minutes: number): string {
  if (minutes < 120) return `${Math.ceil(minutes)} minutes`;
  return minutes < 48 * 60 ? `${Math.ceil(minutes / 60)} hours` : `${Math.ceil(minutes / 60 / 24)} days`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(2));
}
