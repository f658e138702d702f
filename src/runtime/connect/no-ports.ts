/** Keeps the server of a captured module from opening its port: the front door has the port, and functions share a process in `dev`. */
import type { Server } from "node:net";

/**
 * Replaces `listen` of every server of Node (http, https, http2, and frameworks on them): it calls back as if the port
 * were open. `heard` is called after that.
 */
export function openNoPorts(heard: () => void): void {
  const { prototype } = process.getBuiltinModule("node:net").Server as { readonly prototype: Listening };
  prototype.listen = function (...given) {
    const done = given.find((argument) => typeof argument === "function");
    if (done !== undefined) this.once("listening", done as () => void);
    const address = { address: "127.0.0.1", family: "IPv4", port: portOf(given[0]) };
    this.address = () => address;
    setImmediate(() => {
      this.emit("listening");
      setImmediate(heard);
    });
    return this;
  };
}

interface Listening {
  listen: (this: Server, ...given: readonly unknown[]) => Server;
}

/** The port of `listen(8080)` and `listen({ port: 8080 })`. */
function portOf(first: unknown): number {
  const port = Number(Object(first) === first ? (first as { readonly port?: unknown }).port : first);
  return Number.isInteger(port) ? port : 0;
}
