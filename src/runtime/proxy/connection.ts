/**
 * A connection over HTTP/2 that is kept between requests, although Lambda freezes a function between them: timers stand still meanwhile,
 * and servers and routers may forget the connection.
 */
import type { ClientHttp2Session, SecureClientSessionOptions } from "node:http2";

/** A server to connect to. */
export interface Server {
  /** `https://library.internal:443`, or `http:` without TLS. Throws if it is not configured. */
  readonly origin: () => string;
  /** Gives options of TLS: authorities to trust, the certificate of this client. Asked for each connection. */
  readonly tls?: () => TlsOptions | Promise<TlsOptions>;
}

/** Whether a server speaks TLS, or with which options; a function gives them for each connection. */
export type TlsSetting = boolean | TlsOptions | NonNullable<Server["tls"]>;

/** The origin of the server whose address is in an environment variable. Throws if it is not set. */
export function originOf(variable: string, tls: TlsSetting): string {
  const address = process.env[variable];
  if (address === undefined || address === "") throw new Error(`environment variable ${variable} is not set`);
  return `${tls === false ? "http" : "https"}://${address}`;
}

/** Options of https://nodejs.org/api/tls.html#tlsconnectoptions-callback, which name whom to trust and who calls. */
export type TlsOptions = Pick<SecureClientSessionOptions, "ca" | "cert" | "key" | "passphrase" | "servername">;

/** A connection that a call uses until it releases it. */
export interface Connection {
  readonly session: ClientHttp2Session;
  readonly release: () => void;
}

/** A kept connection, with times in ms since the epoch: the clock goes on while timers stand still. */
interface Kept {
  readonly session: ClientHttp2Session;
  readonly madeAt: number;
  usedAt: number;
  calls: number;
}

/** Milliseconds without a call after which a connection has to answer a ping before it is used again. */
const restful = 1_000;

/** Milliseconds that the answer to the ping may take. */
const patience = 250;

/** Milliseconds after which a new connection is made, so that changes in DNS are followed. */
const oldAge = 5 * 60_000;

/** Keeps a connection to a server; it is made with the first call, in which node:http2 is loaded, too. */
export function keepConnection(server: Server): () => Promise<Connection> {
  let current: Promise<Kept> | undefined;
  return async () => {
    current = reuse(current, server);
    const kept = await current;
    kept.calls += 1;
    kept.session.ref();
    return { session: kept.session, release: () => release(kept) };
  };
}

/** An idle connection must not keep the process running. */
function release(kept: Kept): void {
  kept.usedAt = Date.now();
  kept.calls -= 1;
  if (kept.calls === 0) kept.session.unref();
}

async function reuse(previous: Promise<Kept> | undefined, server: Server): Promise<Kept> {
  const kept = await previous?.catch(() => undefined);
  if (kept !== undefined && (await isUsable(kept))) return kept;
  // Calls that still use it may end.
  kept?.session.close();
  return connect(server);
}

async function connect({ origin, tls }: Server): Promise<Kept> {
  const options = await tls?.();
  const session = process.getBuiltinModule("node:http2").connect(origin(), options);
  // Every stream reports it.
  session.on("error", () => undefined);
  const now = Date.now();
  return { session, madeAt: now, usedAt: now, calls: 0 };
}

async function isUsable({ session, madeAt, usedAt, calls }: Kept): Promise<boolean> {
  const now = Date.now();
  if (session.closed || session.destroyed || now - madeAt > oldAge) return false;
  return session.connecting || calls > 0 || now - usedAt < restful || answersPing(session);
}

/** Asking first is the one way to find a dead connection without sending a request that may then have been carried out. */
async function answersPing(session: ClientHttp2Session): Promise<boolean> {
  session.ref();
  const answered = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), patience);
    const settle = (isAlive: boolean): void => {
      clearTimeout(timer);
      resolve(isAlive);
    };
    session.once("close", () => settle(false));
    session.ping((error) => settle(error === null));
  });
  if (!answered) session.destroy();
  return answered;
}
