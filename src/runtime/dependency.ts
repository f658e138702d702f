/** Services that handlers call, and clients of them that survive the freezing of a function between requests. */

/** Settings of a gRPC channel, under the names that @grpc/grpc-js gives them. */
export type ChannelOptions = Readonly<Record<string, string | number>>;

/** A client that holds connections. */
export interface ClosableClient {
  close(): void;
}

/** A service that handlers call, as `dependencies` of the configuration describes it. */
export interface Dependency {
  /** Host and port, from the environment. */
  readonly address: string;
  /** Whether it speaks TLS. */
  readonly tls: boolean;
  /** ARN of its secret in Secrets Manager, from the environment; undefined without one. */
  readonly secretArn: string | undefined;
  /**
   * Gives a function that returns the client, made when it is first asked for. Ask for it in each request: a client that was not
   * asked for in `maxIdle` milliseconds (default: 30,000) is closed and made anew, because its connections may be dead.
   */
  client<Client extends ClosableClient>(
    make: (address: string, options: ChannelOptions) => Client,
    maxIdle?: number,
  ): () => Client;
}

/** A service whose environment variables begin with `prefix`: INVENTORY for INVENTORY_ADDRESS. */
export function dependency(prefix: string, tls: boolean): Dependency {
  return {
    get address() {
      return variable(`${prefix}_ADDRESS`);
    },
    tls,
    get secretArn() {
      return process.env[`${prefix}_SECRET_ARN`];
    },
    client: (make, maxIdle = 30_000) => freshClient(() => make(variable(`${prefix}_ADDRESS`), channelOptions), maxIdle),
  };
}

/**
 * Lambda freezes a function between requests. Routers and servers forget idle connections meanwhile, some without a word: the next call
 * would wait for its deadline. A ping during calls finds connections that died within `maxIdle`; 20 seconds are few enough for servers
 * that count pings.
 */
const channelOptions: ChannelOptions = {
  "grpc.keepalive_time_ms": 20_000,
  "grpc.keepalive_timeout_ms": 5_000,
  "grpc.keepalive_permit_without_calls": 0,
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 1_000,
};

/** Timers stand still while a function is frozen; the clock does not. */
function freshClient<Client extends ClosableClient>(make: () => Client, maxIdle: number): () => Client {
  let client: Client | undefined;
  let usedAt = 0;
  return () => {
    const now = Date.now();
    if (now - usedAt > maxIdle) {
      client?.close();
      client = undefined;
    }
    usedAt = now;
    client ??= make();
    return client;
  };
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`environment variable ${name} is not set`);
  return value;
}
