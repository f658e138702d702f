/**
 * Stands in for @connectrpc/connect-node in bundles of a captured server: its services are noted, no port is opened.
 * https://connectrpc.com/docs/node/server-plugins
 */
import { addRouter, serverListens } from "./connect-service.js";
import { openNoPorts } from "./no-ports.js";
import type { RouterOptions } from "./universal.js";

openNoPorts(serverListens);

/** Notes the services; the listener that it gives hears of no request. */
export function connectNodeAdapter(options: RouterOptions): () => void {
  addRouter(options);
  return () => undefined;
}

/** A name of a compression; nothing is compressed between a function and its router. */
export const compressionGzip = { name: "gzip" };
/** See `compressionGzip`. */
export const compressionBrotli = { name: "br" };

/** Gives a transport through which no call can be made. */
export function createGrpcTransport(): object {
  return transport("createGrpcTransport");
}

/** Gives a transport through which no call can be made. */
export function createGrpcWebTransport(): object {
  return transport("createGrpcWebTransport");
}

/** Gives a transport through which no call can be made. */
export function createConnectTransport(): object {
  return transport("createConnectTransport");
}

/** Refused: it belongs to a transport. */
export function createNodeHttpClient(): never {
  return refuse("createNodeHttpClient");
}

/** A class of connections that a transport may share. */
export class Http2SessionManager {
  abort(): void {}
}

/** Refused: no request of Node comes in. */
export function universalRequestFromNodeRequest(): never {
  return refuse("universalRequestFromNodeRequest");
}

/** Refused: no response of Node goes out. */
export function universalResponseToNodeResponse(): never {
  return refuse("universalResponseToNodeResponse");
}

/** A server may make clients as it starts; a call through one throws by name. */
function transport(made: string): object {
  return { unary: async () => refuse(made), stream: async () => refuse(made) };
}

function refuse(member: string): never {
  throw new Error(
    `the server uses ${member} of @connectrpc/connect-node, which its bundle has a stand-in for: export the function of the router and set implementation: module#export, which keeps the package`,
  );
}
