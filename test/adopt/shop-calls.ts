/** Calls of acme.shop.v1.ShopService on both sides: through the client of grpc-js, and through generated functions. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import * as protoLoader from "@grpc/proto-loader";
import { readStatusDetails } from "../../src/runtime/grpc-js/status-details.js";
import type { LocalProject } from "../support/local-project.js";

// biome-ignore lint/suspicious/noExplicitAny: clients of proto-loader have no types
export type Loose = any;

/** Where the imports of shop.proto are. */
export const include = resolve(import.meta.dirname, "../../node_modules/google-proto-files");

/** The method of each route `/v1/<route>`. */
const methods = {
  get: "GetItem",
  list: "ListItems",
  add: "AddItems",
  trade: "TradeItems",
  talk: "TalkItems",
  buy: "BuyItem",
} as const;

/** The last part of a method's path. */
export type Route = keyof typeof methods;

/** What a caller of either side gets to know. */
export interface Outcome {
  readonly replies: readonly unknown[];
  readonly code: number;
  readonly message: string;
  readonly details: readonly unknown[];
  readonly header: readonly string[];
  readonly trailer: readonly string[];
}

/** Connects to a server that says `listening on <port>`. */
export async function connect(peer: ChildProcess, proto: string): Promise<Loose> {
  const [line] = await once(createInterface({ input: peer.stdout as NodeJS.ReadableStream }), "line");
  const [, port] = /listening on (\d+)/.exec(String(line)) ?? [];
  const options = { longs: String, enums: String, defaults: true, includeDirs: [include] };
  const { acme } = grpc.loadPackageDefinition(protoLoader.loadSync(proto, options)) as Loose;
  return new acme.shop.v1.ShopService(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
}

/** The call as grpc-js' own client sees it; a list is a stream of requests. `patience` is in milliseconds. */
export function call(
  client: Loose,
  route: Route,
  request: object | readonly object[],
  patience = 20_000,
): Promise<Outcome> {
  const replies: unknown[] = [];
  const header: string[] = [];
  const metadata = new grpc.Metadata();
  metadata.set("x-asked", "42");
  const done = (_error: unknown, reply: unknown): void => {
    if (reply != null) replies.push(reply);
  };
  const options = { deadline: Date.now() + patience };
  const open = {
    get: () => client.getItem(request, metadata, options, done),
    buy: () => client.buyItem(request, metadata, options, done),
    list: () => client.listItems(request, metadata, options),
    add: () => client.addItems(metadata, options, done),
    talk: () => client.talkItems(metadata, options, done),
    trade: () => client.tradeItems(metadata, options),
  };
  return new Promise((resolve) => {
    const running = open[route]();
    running.on("error", () => undefined);
    running.on("data", (reply: unknown) => replies.push(reply));
    running.on("metadata", (received: grpc.Metadata) => header.push(...own(received)));
    running.on("status", ({ code, details: text, metadata: trailer }: grpc.StatusObject) => {
      const message = code === 0 ? "" : text;
      const details = detailsOf(client, trailer);
      setImmediate(() => resolve({ replies, code, message, details, header, trailer: own(trailer) }));
    });
    if (route === "add" || route === "trade" || route === "talk") {
      for (const one of [request].flat()) running.write(one);
      running.end();
    }
  });
}

/** The details of an error in JSON; they are items. */
function detailsOf(client: Loose, trailer: grpc.Metadata): readonly unknown[] {
  const [packed] = trailer.get("grpc-status-details-bin");
  if (packed === undefined) return [];
  return readStatusDetails(Buffer.from(packed), ({ typeUrl, value }) => {
    const item = client.constructor.service.GetItem.responseDeserialize(value);
    return { "@type": String(typeUrl), ...item };
  });
}

/** Metadata of the service: not that of the transport. */
function own(metadata: grpc.Metadata): string[] {
  const entries = Object.entries(metadata.getMap()).filter(([name]) => name.startsWith("x-"));
  return entries.map(([name, value]) => `${name}=${typeof value === "string" ? value : value.toString("base64")}`);
}

/** The call through the generated function, likewise. */
export async function ask(
  project: LocalProject,
  route: Route,
  request: object | readonly object[],
  patience = 20_000,
): Promise<Outcome> {
  const headers = [
    ["Host", "a.lambda-url.us-east-1.on.aws"],
    ["Content-Type", "application/json"],
    ["TE", "trailers"],
    ["Grpc-Metadata-X-Asked", "42"],
    ["Grpc-Timeout", `${patience}m`],
  ] as const;
  const body = Buffer.from(
    [request]
      .flat()
      .map((one) => JSON.stringify(one))
      .join("\n"),
  );
  const answer = await project.send({ method: "POST", target: `/v1/${route}`, headers, body });
  const lines = answer.body
    .toString()
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Loose => JSON.parse(line));
  const status = lines.map((line) => line.error ?? line).find((line) => line.code !== undefined);
  const replies = lines.filter((line) => (line.error ?? line).code === undefined).map((line) => line.result ?? line);
  const named = (prefix: string): string[] =>
    answer.headers
      .filter(([header]) => header.toLowerCase().startsWith(`${prefix}x-`))
      .map(([header, value]) => `${header.toLowerCase().slice(prefix.length)}=${value}`);
  return {
    replies,
    code: status?.code ?? 0,
    message: status?.message ?? "",
    details: status?.details ?? [],
    header: named("grpc-metadata-"),
    trailer: named("grpc-trailer-"),
  };
}
