/**
 * Ids that come with a request, and go on to whatever its handler calls. They are kept for each request, never for the
 * process: an instance may serve several requests at once.
 */

/** Ids by the name of their header, in lower case: `{ "x-correlation-id": "4f6a" }`. */
export type CorrelationIds = Readonly<Record<string, string>>;

const { AsyncLocalStorage } = process.getBuiltinModule("node:async_hooks");
const storage = new AsyncLocalStorage<() => CorrelationIds>();

/** Runs `work`, in which `correlationHeaders` and its kin have what `ids` returns then. */
export function withCorrelation<Result>(ids: () => CorrelationIds, work: () => Result): Result {
  return storage.run(ids, work);
}

/** The ids of the current request, as headers of an HTTP request: `fetch(url, { headers: correlationHeaders() })`. */
export function correlationHeaders(): CorrelationIds {
  return storage.getStore()?.() ?? {};
}

/** Metadata of gRPC, of @grpc/grpc-js for one. */
interface SettableMetadata {
  set(key: string, value: string): void;
}

/** The metadata with the ids of the current request: `client.getShelf(request, correlated(new Metadata()), done)`. */
export function correlated<Metadata extends SettableMetadata>(metadata: Metadata): Metadata {
  for (const [name, id] of Object.entries(correlationHeaders())) metadata.set(name, id);
  return metadata;
}

/**
 * An interceptor for clients of @grpc/grpc-js, made with its InterceptingCall: `new Client(address, credentials, {
 * interceptors: [correlationInterceptor(InterceptingCall)] })`.
 */
export function correlationInterceptor<Options, Call, Intercepted, Metadata extends SettableMetadata, Listener>(
  InterceptingCall: new (call: Call, requester: Requester<Metadata, Listener>) => Intercepted,
): (options: Options, next: (options: Options) => Call) => Intercepted {
  return (options, next) =>
    new InterceptingCall(next(options), {
      start: (metadata, listener, begin) => begin(correlated(metadata), listener),
    });
}

/** The part of grpc-js' Requester that is used. */
interface Requester<Metadata, Listener> {
  readonly start: (
    metadata: Metadata,
    listener: Listener,
    begin: (metadata: Metadata, listener: Listener) => void,
  ) => void;
}

/** Attributes of a message for SQS and SNS. */
export interface MessageAttributes {
  readonly [name: string]: { readonly DataType: "String"; readonly StringValue: string };
}

/** The ids of the current request, as attributes of a message for SQS or SNS: `MessageAttributes: correlationAttributes()`. */
export function correlationAttributes(): MessageAttributes {
  const entries = Object.entries(correlationHeaders());
  return Object.fromEntries(entries.map(([name, id]) => [name, { DataType: "String", StringValue: id }]));
}

/** Tells whether a text can go on as an id: visible ASCII, as headers, metadata and attributes all take it. */
export function isCorrelationId(text: unknown): text is string {
  return typeof text === "string" && /^[!-~](?:[ -~]{0,198}[!-~])?$/.test(text);
}

/**
 * The ids in a record of an event from SQS or SNS, by their `names`, for a worker of yours: `withCorrelation(() =>
 * correlationOf(record, names), () => work(record))`.
 */
export function correlationOf(record: unknown, names: readonly string[]): CorrelationIds {
  const { messageAttributes, Sns } = Object(record) as { readonly messageAttributes?: unknown; readonly Sns?: unknown };
  const attributes = Object(messageAttributes ?? Object(Sns).MessageAttributes) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    names.flatMap((name) => {
      const attribute = Object(Object.hasOwn(attributes, name) ? attributes[name] : undefined);
      const id: unknown = attribute.stringValue ?? attribute.Value;
      return isCorrelationId(id) ? [[name, id]] : [];
    }),
  );
}
