/** A side that is asked over HTTP/1.1. Targets and headers go out as they were recorded: `fetch` would normalise and merge them. */
import * as http from "node:http";
import * as https from "node:https";
import type { Header, RecordedRequest } from "../requests/recorded-request.js";
import { readBody } from "./answer-body.js";
import { isInternalHost } from "./internal-host.js";
import type { Side, SideAnswer } from "./side.js";

/** Makes the headers that authenticate a request, in addition to its own. */
export type SignRequest = (
  request: Pick<RecordedRequest, "method" | "target" | "body">,
  host: string,
) => Promise<readonly Header[]>;

/** Settings of a side. */
export interface HttpSideOptions {
  /** Origin, and a path that is put in front of every target, without a slash at its end: `https://api.example.com/stage`. */
  readonly base: string;
  /** Headers that replace those of the recording. */
  readonly headers: readonly Header[];
  /** Milliseconds for one request. */
  readonly timeout: number;
  readonly sign?: SignRequest;
  /** Whether a 303 to a large payload is followed, and its target compared. */
  readonly followLargePayloads: boolean;
}

/** Headers of the connection the recording was made on, which the new connection has its own of. */
const ofTheConnection = new Set([
  ...["host", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "te", "trailer", "upgrade"],
  ...["content-length", "expect", "http2-settings"],
]);

/** Makes a side; connections are kept and used again. */
export function httpSide(options: HttpSideOptions): Side {
  const url = new URL(options.base);
  const isSecure = url.protocol === "https:";
  const agent = new (isSecure ? https : http).Agent({ keepAlive: true, maxSockets: 64 });
  const prefix = url.pathname.replace(/\/$/, "");
  return {
    name: `${url.protocol}//${url.host}${prefix}`,
    ask: async (request) => {
      const target = prefix + request.target;
      const signed = (await options.sign?.({ ...request, target }, url.host)) ?? [];
      const added = [...options.headers, ...signed];
      const replaced = new Set(added.map(([name]) => name.toLowerCase()));
      const kept = request.headers.filter(([name]) => !replaced.has(name.toLowerCase()));
      const outgoing = { ...request, target, headers: [...kept, ...added] };
      const answer = await send(url, agent, outgoing, options.timeout);
      return options.followLargePayloads ? followLargePayload(answer, url, options.timeout) : answer;
    },
    close: async () => agent.destroy(),
  };
}

type Outgoing = Pick<RecordedRequest, "method" | "target" | "headers" | "body">;

/** The headers as they go out: those of the recording's connection are replaced. */
export function outgoingHeaders({ method, headers, body }: Outgoing, host: string): string[] {
  const kept = headers.filter(([name]) => !ofTheConnection.has(name.toLowerCase()));
  const hasLength = body.length > 0 || !["GET", "HEAD", "DELETE", "OPTIONS"].includes(method);
  return [
    ...["Host", host],
    ...kept.flat(),
    ...(hasLength ? ["Content-Length", String(body.length)] : []),
    ...["Connection", "keep-alive"],
  ];
}

function send(url: URL, agent: http.Agent, outgoing: Outgoing, timeout: number): Promise<SideAnswer> {
  const start = performance.now();
  const elapsed = (): number => performance.now() - start;
  return new Promise((resolve) => {
    const fail = (reason: string): void => resolve({ kind: "failed", reason, ms: elapsed() });
    const request = (url.protocol === "https:" ? https : http).request({
      agent,
      hostname: url.hostname.replace(/^\[|\]$/g, ""),
      port: url.port === "" ? undefined : Number(url.port),
      method: outgoing.method,
      path: outgoing.target,
      headers: outgoingHeaders(outgoing, url.host),
    });
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeout / 1000} s`)), timeout);
    request.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      fail(describeFailure(error));
    });
    request.on("upgrade", (_, socket) => {
      clearTimeout(timer);
      socket.destroy();
      fail("it switched to another protocol");
    });
    request.on("response", (response) => {
      const headers = pairsOf(response.rawHeaders);
      readBody(response, response.headers["content-encoding"])
        .then((body) => resolve({ kind: "answer", status: response.statusCode ?? 0, headers, body, ms: elapsed() }))
        .catch((error: Error) => fail(describeFailure(error)))
        .finally(() => clearTimeout(timer));
    });
    request.end(outgoing.body);
  });
}

/** A failure without addresses, which would make every one different. */
function describeFailure(error: NodeJS.ErrnoException): string {
  return failures[error.code ?? ""] ?? error.message;
}

const failures: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the name server does not answer",
  ECONNRESET: "the connection was closed",
  EPIPE: "the connection was closed",
  ETIMEDOUT: "no connection within the system's time",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
};

function pairsOf(raw: readonly string[]): Header[] {
  return raw.flatMap((name, index): Header[] => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""]] : []));
}

/**
 * A reply beyond the door's limit is a 303 to a link that S3 has signed: no credentials of ours go there. A side on the internet leads nobody
 * into the network of this machine.
 */
async function followLargePayload(answer: SideAnswer, side: URL, timeout: number): Promise<SideAnswer> {
  if (answer.kind !== "answer" || answer.status !== 303) return answer;
  const location = answer.headers.find(([name]) => name.toLowerCase() === "location")?.[1] ?? "";
  const isSigned = /^https?:\/\/[^?#]+\?(?:.*&)?X-Amz-Signature=/.test(location);
  if (!isSigned || !URL.canParse(location)) return answer;
  const url = new URL(location);
  if (isInternalHost(url.hostname) && !isInternalHost(side.hostname)) return answer;
  const agent = new (url.protocol === "https:" ? https : http).Agent();
  const target = `${url.pathname}${url.search}`;
  const followed = await send(url, agent, { method: "GET", target, headers: [], body: new Uint8Array() }, timeout);
  agent.destroy();
  // S3 adds headers of its own; those of the reply are the redirect's.
  return followed.kind === "answer"
    ? {
        ...followed,
        headers: followed.headers.filter(([name]) => /^content-type$/i.test(name)),
        ms: followed.ms + answer.ms,
      }
    : followed;
}
