/** grpc-js service objects that do what the plan says: in a real grpc-js server behind the gateway, and unchanged in the product. */
import { type AnyMethod, answer, type Implementation, receivedRequests, type Services } from "../peers/byte-server.js";
import type { CallFacts, Handlers } from "../peers/handlers.js";
import { definitionOf, type ServiceDefinitions } from "../peers/message-objects.js";
import type { Binding } from "../requests/api.js";

/** Service objects by full name. */
export type ServiceObjects = Readonly<Record<string, Implementation>>;

/** Objects for every service of the handlers' API. */
export function grpcJsObjects(handlers: Handlers, definitions: ServiceDefinitions): ServiceObjects {
  const bindings = [...handlers.api.rpcs.values()];
  return Object.fromEntries(
    Object.keys(definitions).map((service) => [
      service,
      Object.fromEntries(
        bindings
          .filter((binding) => binding.service === service)
          .map((binding) => [methodName(definitions, binding), objectMethod(handlers, definitions, binding)]),
      ),
    ]),
  );
}

/** The name that the definition has for it, by which grpc-js looks it up in the object. */
function methodName(definitions: ServiceDefinitions, { service, rpc }: Binding): string {
  const found = Object.entries(definitions[service] ?? {}).find(([, { path }]) => path === rpc);
  return found?.[0] ?? "";
}

/** The same services for a real server. */
export function grpcJsServices(definitions: ServiceDefinitions, objects: ServiceObjects): Services {
  return Object.entries(definitions).map(([service, definition]) => ({
    definition,
    implementation: objects[service] ?? {},
  }));
}

function objectMethod(handlers: Handlers, definitions: ServiceDefinitions, binding: Binding): AnyMethod {
  const definition = definitionOf(definitions, binding);
  return async (call, callback) => {
    const { turn } = handlers;
    const requests = await receivedRequests(binding, call);
    if (requests === undefined || handlers.turn !== turn) return;
    const facts: CallFacts = {
      requests: requests.map((request) => serialized(definition.requestSerialize, request)),
      texts: requests.map(objectText),
      metadata: call.metadata.toJSON() as Record<string, (string | Buffer)[]>,
      deadline: call.getDeadline(),
    };
    const outcome = handlers.perform(binding.rpc, facts);
    await outcome.ready;
    answer(binding, outcome, call, callback, (bytes) => definition.responseDeserialize(bytes));
  };
}

/** Only what a handler is to echo; what it got is compared as an object. */
function serialized(serialize: (value: unknown) => Buffer, request: unknown): Buffer {
  try {
    return serialize(request);
  } catch {
    return Buffer.alloc(0);
  }
}

/** A request as the handler sees it, with the types of everything and the order of its members. */
export function objectText(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.constructor.name}(${Buffer.from(value).toString("hex")})`;
  if (Array.isArray(value)) return `[${value.map(objectText).join(",")}]`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return `${typeof value} ${Object.is(value, -0) ? "-0" : value}`;
  const members = Object.entries(value).map(([key, member]) => `${key}:${objectText(member)}`);
  return `{${members.join(",")}}`;
}
