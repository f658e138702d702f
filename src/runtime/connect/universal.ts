/** The handlers that Connect's router has, as far as they are called here: requests and responses over HTTP without a server. */

/** A request of any protocol. */
export interface UniversalRequest {
  readonly httpVersion: string;
  readonly url: string;
  readonly method: string;
  readonly header: Headers;
  readonly body: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
  /** Values that the server's own code made for the request. */
  readonly contextValues?: unknown;
}

/** Its response. */
export interface UniversalResponse {
  readonly status: number;
  readonly header?: Headers;
  readonly body?: AsyncIterable<Uint8Array>;
  readonly trailer?: Headers;
}

/** The handler of an RPC. */
export interface UniversalHandler {
  (request: UniversalRequest): Promise<UniversalResponse>;
  /** `/acme.v1.Shop/Get`. */
  readonly requestPath: string;
  readonly protocolNames: readonly string[];
}

/** A `ConnectRouter`. */
export interface Router {
  readonly handlers: readonly UniversalHandler[];
}

/** Options of a router and of the adapter that makes it. */
export interface RouterOptions {
  /** Registers services. Absent: there are none. */
  readonly routes?: (router: Router) => unknown;
  /** Makes values for the context of a request of Node. */
  readonly contextValues?: (request: object) => unknown;
  readonly [option: string]: unknown;
}

/** `createConnectRouter` of @connectrpc/connect. */
export type CreateRouter = (options: { readonly [option: string]: unknown }) => Router;

/** `createConnectRouter` as the types of any version of Connect declare it. */
export type LibraryCreateRouter = (options: never) => { readonly handlers: readonly unknown[] };

/** A function of a router, likewise. */
export type LibraryRoutes = (router: never) => unknown;
