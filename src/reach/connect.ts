/** From a name to a connection. */
import { lookup } from "node:dns/promises";
import { connect as connectSocket, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { type Limit, beforeLimit } from "./step-error.js";

/** An IP address as the system's resolver gives it. */
interface Address {
  readonly address: string;
  readonly family: number;
}

/** An open connection. */
export interface Connection {
  readonly socket: Socket;
  /** The protocol on which TLS agreed; undefined without TLS, and where the other side names none. */
  readonly protocol?: string;
  readonly isSecure: boolean;
}

/** Looks a name up as Node does for any connection; an IP address is its own answer. */
export async function lookUp(host: string, limit: Limit): Promise<readonly Address[]> {
  return beforeLimit("dns", limit, lookup(host, { all: true }));
}

/** Opens a connection to the first address that answers. */
export async function connectTo(addresses: readonly Address[], port: number, limit: Limit): Promise<Connection> {
  const [first] = addresses;
  // Node tries the families in turn where it looks a name up by itself, so it is given one to look up.
  const host = addresses.length === 1 ? first?.address : "resolved.invalid";
  const socket = connectSocket({ host, port, lookup: (_name, _options, done) => done(null, [...addresses]) });
  return { socket: await opened("tcp", socket, "connect", limit), isSecure: false };
}

/** Speaks TLS on a connection, and checks the certificate for the host. */
export async function secure(
  { socket }: Connection,
  host: string,
  ca: string | undefined,
  limit: Limit,
): Promise<Connection> {
  // A name for the server's choice of a certificate cannot be an IP address.
  const names = isIP(host) === 0 ? { servername: host } : { host };
  const secured = connectTls({ socket, ...names, ca, ALPNProtocols: ["h2", "http/1.1"] });
  await opened("tls", secured, "secureConnect", limit);
  const protocol = secured.alpnProtocol || undefined;
  return { socket: secured, isSecure: true, ...(protocol === undefined ? {} : { protocol }) };
}

async function opened<Opened extends Socket>(
  step: "tcp" | "tls",
  socket: Opened,
  event: string,
  limit: Limit,
): Promise<Opened> {
  try {
    const work = new Promise<Opened>((resolve, reject) => {
      socket.once(event, () => resolve(socket)).once("error", reject);
      socket.once("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
    });
    const open = await beforeLimit(step, limit, work);
    // Later errors belong to the next step, which listens by itself; without a listener they would end the process.
    return open.on("error", () => undefined);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
