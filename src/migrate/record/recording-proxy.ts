/** A proxy in front of the old service that passes everything on unchanged, and keeps a redacted copy of some of it. */
import * as http from "node:http";
import * as https from "node:https";
import { pipeline } from "node:stream";
import { type Header, type RecordedRequest, targetOf } from "../requests/recorded-request.js";
import { inflateRecorded } from "./inflate-recorded.js";

/** A request with its answer, as they went through. */
export type PassedRequest = Omit<RecordedRequest, "id"> & Required<Pick<RecordedRequest, "answer">>;

/** Options of the proxy. */
export interface RecordingOptions {
  /** Origin of the old service, and a path that is put in front of every target. */
  readonly upstream: string;
  /** Hears of each request that was answered, as a whole; longer ones are passed on and not heard of. */
  readonly passed: (request: PassedRequest) => void;
}

/** Longer bodies are passed on and not recorded, in bytes. */
const longestBody = 8 * 1024 * 1024;

/** Creates the server; the caller makes it listen. */
export function createRecordingProxy({ upstream, passed }: RecordingOptions): http.Server {
  const url = new URL(upstream);
  const client = url.protocol === "https:" ? https : http;
  const agent = new client.Agent({ keepAlive: true });
  const server = http.createServer((incoming, outgoing) => {
    const start = performance.now();
    // Clients of a proxy may send whole URLs; the old service is the only host there is.
    const target = targetOf(incoming.url ?? "/") ?? "*";
    const request = client.request({
      agent,
      hostname: url.hostname.replace(/^\[|\]$/g, ""),
      port: url.port === "" ? undefined : Number(url.port),
      method: incoming.method,
      path: url.pathname.replace(/\/$/, "") + target,
      headers: forwardedHeaders(incoming.rawHeaders, url.host),
    });
    const body = capture(incoming);
    request.on("error", () => refuse(outgoing));
    request.on("upgrade", (_, socket) => {
      socket.destroy();
      refuse(outgoing);
    });
    pipeline(incoming, request, () => {});
    request.on("response", (response) => {
      const answer = capture(response);
      if (!passHead(response, outgoing)) {
        response.destroy();
        return refuse(outgoing);
      }
      pipeline(response, outgoing, (error) => {
        const [sent, received] = [body(), answer()];
        if (error !== undefined && error !== null) return;
        if (sent === undefined || received === undefined || response.statusCode === undefined) return;
        const ms = Math.round((performance.now() - start) * 10) / 10;
        const asked = inflateRecorded({ headers: pairs(incoming.rawHeaders), body: sent }, longestBody);
        const answered = inflateRecorded({ headers: pairs(response.rawHeaders), body: received }, longestBody);
        // Secrets in what cannot be read cannot be replaced.
        if (asked === undefined || answered === undefined) return;
        passed({
          method: incoming.method ?? "GET",
          target,
          ...asked,
          answer: { status: response.statusCode, ...answered, ms },
        });
      });
    });
  });
  server.on("close", () => agent.destroy());
  return server;
}

/** The body as it passes; undefined once it is too long. */
function capture(stream: http.IncomingMessage): () => Buffer | undefined {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= longestBody) chunks.push(chunk);
    else chunks.length = 0;
  });
  return () => (length <= longestBody ? Buffer.concat(chunks) : undefined);
}

function pairs(raw: readonly string[]): Header[] {
  return raw.flatMap((name, index): Header[] => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""]] : []));
}

const hopByHop = /^(connection|keep-alive|proxy-connection|upgrade|te|trailer)$/i;

/** The client's headers; the host is that of the old service. */
function forwardedHeaders(raw: readonly string[], host: string): string[] {
  const kept = pairs(raw).filter(([name]) => !hopByHop.test(name) && !/^host$/i.test(name));
  return ["Host", host, ...kept.flat(), "Connection", "keep-alive"];
}

function passedHeaders(raw: readonly string[]): string[] {
  return pairs(raw)
    .filter(([name]) => !hopByHop.test(name))
    .flat();
}

/** Tells whether the head of an answer can be passed on: a status of 099 and a reason with control characters can be read, and not written. */
function passHead(
  { statusCode = 0, statusMessage, rawHeaders }: http.IncomingMessage,
  outgoing: http.ServerResponse,
): boolean {
  try {
    outgoing.writeHead(statusCode, statusMessage, passedHeaders(rawHeaders));
    return true;
  } catch {
    return false;
  }
}

function refuse(outgoing: http.ServerResponse): void {
  if (outgoing.headersSent) outgoing.destroy();
  else
    outgoing
      .writeHead(502, "Bad Gateway", { "content-type": "text/plain" })
      .end("grpc2lambda record: the upstream does not answer\n");
}
