/** The real gateway: a process, and plain HTTP to it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import type { HeaderPair } from "../requests/texts.js";
import { type HttpAnswer, type HttpRequest, sizedHeaders } from "./http-answer.js";

/** A side that requests are sent to. */
export interface Peer {
  send(request: HttpRequest): Promise<HttpAnswer>;
  stop(): Promise<void>;
}

/** Milliseconds after which a gateway hangs. */
const patience = 5000;

/** Starts the program for a set, in front of a server. */
export async function startGateway(program: string, set: string, server: string): Promise<Peer> {
  const child = spawn(program, [set, server], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: (request) => send(Number(line), agent, request),
    stop: async () => {
      agent.destroy();
      child.kill();
    },
  };
}

function send(port: number, agent: Agent, request: HttpRequest): Promise<HttpAnswer> {
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
