/** The real gateway: a process, and plain HTTP to it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent } from "node:http";
import { createInterface } from "node:readline";
import { exchange } from "./exchange.js";
import type { HttpAnswer, HttpRequest } from "./http-answer.js";

/** A side that requests are sent to. */
export interface Peer {
  send(request: HttpRequest): Promise<HttpAnswer>;
  stop(): Promise<void>;
}

/** Starts the program for a set, in front of a server. */
export async function startGateway(program: string, set: string, server: string): Promise<Peer> {
  const child = spawn(program, [set, server], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: (request) => exchange(Number(line), agent, request),
    stop: async () => {
      agent.destroy();
      child.kill();
    },
  };
}
