/** Stands in for `Server` of grpc-js: notes the services, and opens no port. */
import { refuseMember } from "./refuse.js";
import { listen, register } from "./registrations.js";

/** `(error, port)`, as `bindAsync` calls back. */
type Bound = (error: Error | null, port: number) => void;

/** A server that never listens. Interceptors of a server are refused, because they may be what keeps strangers out. */
export class Server {
  readonly #services: object[] = [];

  constructor(options?: { readonly interceptors?: readonly unknown[] }) {
    if ((options?.interceptors?.length ?? 0) > 0)
      refuseMember("interceptors", "move them to `interceptors` of grpc2lambda.yaml, which run around every method");
  }

  /** Notes a service. Throws as grpc-js does for anything but objects, and for a service that this server has. */
  addService(definition: object, implementation: object): void {
    if (Object(definition) !== definition || Object(implementation) !== implementation)
      throw new Error("addService() requires two objects as arguments");
    if (this.#services.includes(definition)) throw new Error("addService() was called twice for one service");
    this.#services.push(definition);
    register(definition, implementation);
  }

  /** Notes a service under the name that the package `grpc` gave to `addService`. */
  addProtoService(definition: object, implementation: object): void {
    this.addService("service" in definition ? (definition.service as object) : definition, implementation);
  }

  /** Calls back as if the port were open. */
  bindAsync(address: string, _credentials: unknown, done: Bound): void {
    setImmediate(() => {
      done(null, Number(/:(\d+)$/.exec(address)?.[1] ?? 0));
      setImmediate(listen);
    });
  }

  /** Gives the port, as the package `grpc` did. */
  bind(address: string): number {
    setImmediate(listen);
    return Number(/:(\d+)$/.exec(address)?.[1] ?? 0);
  }

  /** Expects no further services. */
  start(): void {
    setImmediate(listen);
  }

  /** Calls back at once: there are no calls to wait for. */
  tryShutdown(done?: (error?: Error) => void): void {
    done?.();
  }

  register(): never {
    return refuseMember("Server.register", "register services with addService");
  }

  createConnectionInjector(): never {
    return refuseMember("Server.createConnectionInjector", "the front door opens connections");
  }

  forceShutdown(): void {}
  drain(): void {}
  unbind(): void {}
  removeService(): void {}
  unregister(): boolean {
    return false;
  }
  addHttp2Port(): void {}
  getChannelzRef(): object {
    return {};
  }
}
