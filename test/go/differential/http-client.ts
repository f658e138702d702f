/** Plain HTTP to a port of this machine. */
import { Agent, request as httpRequest } from "node:http";
import { type HttpAnswer, type HttpRequest, sizedHeaders } from "../../gateway/peers/http-answer.js";
import type { HeaderPair } from "../../gateway/requests/texts.js";

/** A client with one connection. */
export interface Client {
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): void;
}

/** Milliseconds after which there is no answer. */
const patience = 5000;

/** Makes the client. A request whose connection was closed on the other side is sent once more. */
export function sendTo(port: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const once = (request: HttpRequest): Promise<HttpAnswer> => exchange(port, agent, request);
  return {
    send: async (request) => {
      const first = await once(request);
      return first.kind === "none" && first.reason !== "timeout" ? once(request) : first;
    },
    close: () => agent.destroy(),
  };
}

function exchange(port: number, agent: Agent, request: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const sent = httpRequest({
      host: "127.0.0.1",
      port,
      agent,
      method: request.method,
      path: request.target,
      headers: sizedHeaders(request).flat(),
      setHost: false,
      insecureHTTPParser: true,
    });
    sent.on("error", ({ message }) => resolve({ kind: "none", reason: message }));
    sent.setTimeout(patience, () => sent.destroy(new Error("timeout")));
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      const status = response.statusCode ?? 0;
      const headers = response.rawHeaders.flatMap((name, at): HeaderPair[] =>
        at % 2 === 0 ? [[name, response.rawHeaders[at + 1] ?? ""]] : [],
      );
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", () =>
        resolve({ kind: "answer", status, headers, body: Buffer.concat(chunks), broken: "aborted" }),
      );
      response.on("end", () => resolve({ kind: "answer", status, headers, body: Buffer.concat(chunks) }));
    });
    sent.end(request.body.length > 0 ? request.body : undefined);
  });
}
