/** Plain HTTP to a port of this machine. */
import { Agent } from "node:http";
import { exchange } from "../../gateway/peers/exchange.js";
import type { HttpAnswer, HttpRequest } from "../../gateway/peers/http-answer.js";

/** A client with one connection. */
export interface Client {
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): void;
}

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
