/** A service of the user's code, and the RPCs that it should implement. */

/** A service with an implementation that the user has written. */
export interface WantedService {
  /** Full name. */
  readonly name: string;
  readonly implementation: WantedPlace;
  /** The RPCs that functions call, in the order of the proto. */
  readonly methods: readonly WantedMethod[];
}

/** The place of an implementation, by the configuration; files are relative to the project root. */
export type WantedPlace =
  | { readonly kind: "object"; readonly file: string; readonly exportName: string }
  /** A file that registers the service with a server, itself or through others. */
  | { readonly kind: "server"; readonly file: string };

/** An RPC that the implementation should have. */
export interface WantedMethod {
  /** The name in the proto: `GetShelf`. */
  readonly name: string;
  /** The names under which an object may have it. */
  readonly names: readonly string[];
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
  readonly request: WantedMessage;
  readonly reply: WantedMessage;
}

/** A message as generated code knows it. */
export interface WantedMessage {
  /** The name within its package, with underscores between nested messages: `Shelf_Book`. */
  readonly name: string;
  /** Import path of its .proto file. */
  readonly proto: string;
}

/** The messages and RPCs of an API, as far as new methods are written by them. */
export interface WantedApi {
  readonly services: readonly WantedService[];
  /** Names of every RPC that the protos declare, as objects may have them. A method of none of them is left over. */
  readonly declared: ReadonlySet<string>;
  /** Name of a message -> import path of its .proto file, for names that only one file has. */
  readonly messages: ReadonlyMap<string, string>;
}
