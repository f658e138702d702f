/** Stands in for grpc-js' clients: a server may make one as it starts, but a call through it throws by name. */
import { clientOf, pathOf } from "./package-path.js";
import { connectivityState } from "./constants.js";
import { refuseCall, refuseMember } from "./refuse.js";

/** A class of clients with its service definition. */
export interface ClientConstructor {
  new (...parameters: unknown[]): object;
  readonly service: object;
  readonly serviceName: string;
}

/** Makes the class of clients of a service, as generated code does. */
export function makeClientConstructor(methods: object, name: string): ClientConstructor {
  function ServiceClient(): object {
    return clientOf(name);
  }
  return Object.assign(ServiceClient, { service: methods, serviceName: name }) as unknown as ClientConstructor;
}

/** Classes of clients by the names of their packages. A definition that no stand-in made is laid out as grpc-js does. */
export function loadPackageDefinition(definition: object): object {
  if (pathOf(definition) !== undefined) return definition;
  const root: Tree = Object.create(null);
  for (const [name, value] of Object.entries(definition) as [string, object][]) {
    const names = name.split(".");
    const last = names.pop() ?? "";
    branch(root, names)[last] = "format" in value ? value : makeClientConstructor(value, last);
  }
  return root;
}

interface Tree {
  [name: string]: unknown;
}

function branch(root: Tree, names: readonly string[]): Tree {
  return names.reduce((tree, name) => {
    tree[name] ??= Object.create(null);
    return tree[name] as Tree;
  }, root);
}

/** A client; its methods throw by name. */
export class Client {
  constructor() {
    // biome-ignore lint/correctness/noConstructorReturn: a subclass of generated code gets the methods of the proxy, too
    return clientOf("") as Client;
  }
}

const noChannel = "there is no connection behind the stand-in for its client";

/** A connection as a client is made with one (nice-grpc's `createChannel`); it is never ready. */
export class Channel {
  readonly #target: unknown;

  constructor(target: unknown) {
    this.#target = target;
  }

  close(): void {}

  getTarget(): string {
    return String(this.#target);
  }

  getConnectivityState(): number {
    return Number(connectivityState["IDLE"]);
  }

  watchConnectivityState(_state: unknown, _deadline: unknown, done: (error?: Error) => void): void {
    waitForClientReady(this, _deadline, done);
  }

  createCall(method: string): never {
    return refuseCall("", method);
  }
}

/** Throws: there is none. */
export function getClientChannel(): never {
  return refuseMember("getClientChannel", noChannel);
}

/** Calls back with an error. */
export function waitForClientReady(_client: unknown, _deadline: unknown, done: (error?: Error) => void): void {
  setImmediate(() => done(new Error(`a client of @grpc/grpc-js is never ready in a function: ${noChannel}`)));
}

/** Closes nothing. */
export function closeClient(): void {}
