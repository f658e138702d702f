/** One exchange of plain HTTP with a port of this machine, with headers and target as they are given. */
import { type Agent, type IncomingMessage, request as httpRequest } from "node:http";
import type { HeaderPair } from "../requests/texts.js";
import { type HttpAnswer, type HttpRequest, sizedHeaders } from "./http-answer.js";

/** Milliseconds after which there is no answer. */
const patience = 5000;

/** Sends the request; never rejects: a broken connection is an answer of kind `none`, or one that is `broken`. */
export function exchange(port: number, agent: Agent, request: HttpRequest): Promise<HttpAnswer> {
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
    sent.on("response", (response) => receive(response, resolve));
    sent.end(request.body.length > 0 ? request.body : undefined);
  });
}

function receive(response: IncomingMessage, resolve: (answer: HttpAnswer) => void): void {
  const chunks: Buffer[] = [];
  const done = (more: { readonly broken?: string }): void =>
    resolve({
      kind: "answer",
      status: response.statusCode ?? 0,
      headers: pairsOf(response.rawHeaders),
      body: Buffer.concat(chunks),
      ...more,
    });
  response.on("data", (chunk: Buffer) => chunks.push(chunk));
  response.on("error", () => done({ broken: "aborted" }));
  response.on("end", () => done({}));
}

function pairsOf(raw: readonly string[]): HeaderPair[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""] as const] : []));
}
