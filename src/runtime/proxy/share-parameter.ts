/** Shares of traffic in a parameter of SSM, which moves requests without a deployment. Nothing is loaded before the first request. */
import type { IncomingMessage } from "node:http";
import { environmentScope, signRequest } from "../large-payloads/sigv4.js";
import type { Logger } from "../logger.js";

/** Gives the percent that the parameter has for an RPC, undefined if it says nothing of it. Never rejects. */
export type Shares = (
  rpc: { readonly service: string; readonly method: string },
  log: Logger,
) => Promise<number | undefined>;

/** Percents by `LibraryService/GetShelf`, the same with the full name of the service, or `*`. */
type Percents = ReadonlyMap<string, number>;

/** A parameter as it was read. */
interface Kept {
  percents: Percents;
  /** Milliseconds since the epoch, because timers stand still while a function is frozen. */
  askedAt: number;
  asked: Promise<void>;
  hasFailed: boolean;
}

/** Milliseconds after which the parameter is read again. */
const lifetime = 30_000;

/** Milliseconds that a request waits for the parameter. */
const patience = 1_000;

/** A parameter holds 8 KB at most, which JSON repeats with escapes. */
const maxBytes = 65_536;

const all = new Map<string, Kept>();

/** Reads shares from the parameter of that name, once for all RPCs of a function. A failure keeps those that were read last. */
export function shareParameter(name: string): Shares {
  return async ({ service, method }, log) => {
    const kept = keptOf(name);
    if (Date.now() - kept.askedAt >= lifetime) {
      kept.askedAt = Date.now();
      kept.asked = refresh(kept, name, log);
    }
    await kept.asked;
    const { percents } = kept;
    const short = service.slice(service.lastIndexOf(".") + 1);
    return percents.get(`${service}/${method}`) ?? percents.get(`${short}/${method}`) ?? percents.get("*");
  };
}

function keptOf(name: string): Kept {
  const kept = all.get(name) ?? { percents: new Map(), askedAt: 0, asked: Promise.resolve(), hasFailed: false };
  all.set(name, kept);
  return kept;
}

/** One warning says that the parameter cannot be read, until it can be again. */
async function refresh(kept: Kept, name: string, log: Logger): Promise<void> {
  try {
    kept.percents = readPercents(await readParameter(name));
    kept.hasFailed = false;
  } catch (error) {
    if (!kept.hasFailed) log.warn(`parameter ${name} cannot be read, and shares stay as they are`, { error });
    kept.hasFailed = true;
  }
}

/** Reads `{"*": 0, "LibraryService/GetShelf": 50}`. */
function readPercents(text: string): Percents {
  const value = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error("expected an object of JSON");
  return new Map(
    Object.entries(value).map(([rpc, percent]: [string, unknown]): [string, number] => {
      if (typeof percent === "number" && percent >= 0 && percent <= 100) return [rpc, percent];
      throw new Error("expected percents from 0 to 100");
    }),
  );
}

/** Calls https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
async function readParameter(name: string): Promise<string> {
  const scope = environmentScope("ssm");
  const endpoint = process.env["AWS_ENDPOINT_URL_SSM"] ?? `https://ssm.${scope.region}.${domainOf(scope.region)}`;
  const url = new URL("/", endpoint);
  const body = Buffer.from(JSON.stringify({ Name: name }));
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AmazonSSM.GetParameter" };
  const signed = await signRequest({ method: "POST", host: url.host, path: "/", headers }, body, scope);
  const { request } = url.protocol === "http:" ? await import("node:http") : await import("node:https");
  const signal = AbortSignal.timeout(patience);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method: "POST", headers: signed, signal }, resolve).once("error", reject).end(body);
  });
  return parameterIn(response.statusCode ?? 0, await textOf(response));
}

function domainOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}

async function textOf(response: IncomingMessage): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > maxBytes) throw new Error("the answer of SSM is too large");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

/** The value of the parameter. The log gets only the type of an error, because its message names the role. */
function parameterIn(status: number, text: string): string {
  const { Parameter, __type: type } = parse(text) as { Parameter?: { Value?: unknown }; __type?: unknown };
  if (status === 200 && typeof Parameter?.Value === "string") return Parameter.Value;
  throw new Error(`SSM GetParameter: ${status} ${/\w{1,64}$/.exec(`${type}`)?.[0] ?? "unknown"}`);
}

/** JSON.parse repeats the text in its error, and a parameter of the wrong name may hold a secret. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("expected JSON");
  }
}
