/**
 * Subsegments of X-Ray: what a request has taken time for. The one in progress is kept for each request, never for the process: an
 * instance may serve several requests at once. https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 */
import { httpStatus } from "./status.js";

const { AsyncLocalStorage } = process.getBuiltinModule("node:async_hooks");
const storage = new AsyncLocalStorage<Subsegment>();

/** A trace that a request belongs to. */
export interface Trace {
  /** `1-5759e988-bd862e3fe1be46a994272793` */
  readonly id: string;
  /** Whether it is recorded. Its id goes on to what handlers call in any case. */
  readonly isSampled: boolean;
  /** Sends the document of a subsegment that has ended; nothing says whether it arrives. */
  readonly send: (document: object) => void;
  /** Waits until the system has taken all documents; undefined if there are none. A process may be frozen after its answer. */
  readonly sent: () => Promise<void> | undefined;
}

/** Facts about a subsegment, with their names in its document. */
export interface SubsegmentFacts {
  readonly name?: string;
  /** `remote`: a call to another service. `aws`: to one of AWS. */
  readonly namespace?: "remote" | "aws";
  /** The caller's failure, for a `throttle` as well. */
  readonly error?: boolean;
  readonly throttle?: boolean;
  /** The server's failure. */
  readonly fault?: boolean;
  readonly cause?: object;
  /** Values by which traces can be searched. */
  readonly annotations?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly http?: object;
  readonly aws?: object;
}

/** Work in progress, which is sent when it ends. */
export class Subsegment {
  /** 16 hexadecimal digits. */
  readonly id = randomHex() + randomHex();
  readonly trace: Trace;
  readonly #above: string;
  readonly #name: string;
  readonly #start = Date.now() / 1000;
  #hasEnded = false;

  /** Begins the work below the segment `above`, an id. */
  constructor(trace: Trace, above: string, name: string) {
    this.trace = trace;
    this.#above = above;
    this.#name = name;
  }

  /** The header X-Amzn-Trace-Id of a request in it. */
  get header(): string {
    return `Root=${this.trace.id};Parent=${this.id};Sampled=${Number(this.trace.isSampled)}`;
  }

  /** Begins work below it. */
  begin(name: string): Subsegment {
    return new Subsegment(this.trace, this.id, name);
  }

  /** Ends it, once. */
  end({ name = this.#name, ...facts }: SubsegmentFacts = {}): void {
    if (this.#hasEnded || !this.trace.isSampled) return;
    this.#hasEnded = true;
    this.trace.send({
      type: "subsegment",
      id: this.id,
      trace_id: this.trace.id,
      parent_id: this.#above,
      // The characters that a name may have.
      name: name.replace(/[^\p{L}\p{N}\s_.:/%&#=+\\@-]/gu, "_").slice(0, 200),
      start_time: this.#start,
      end_time: Date.now() / 1000,
      ...facts,
    });
  }
}

/** Ids have to differ in a trace only; loading node:crypto would cost a cold start. */
function randomHex(): string {
  return Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, "0");
}

/** The subsegment in progress; undefined outside of requests, and where X-Ray is not there. */
export function currentSubsegment(): Subsegment | undefined {
  return storage.getStore();
}

/** Runs `work`; what it traces is below the subsegment. */
export function withSubsegment<Result>(subsegment: Subsegment, work: () => Result): Result {
  return storage.run(subsegment, work);
}

/**
 * Runs `work` as a subsegment: `const price = await traced("price", () => computePrice(book))`. A name has 200 characters at most. An
 * error that it throws is a fault.
 */
export async function traced<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> {
  const subsegment = storage.getStore()?.begin(name);
  if (subsegment === undefined) return work();
  try {
    const result = await storage.run(subsegment, work);
    subsegment.end();
    return result;
  } catch (error) {
    subsegment.end({ fault: true, cause: causeOf(subsegment, error) });
    throw error;
  }
}

/** The header X-Amzn-Trace-Id for a request by other means than HTTP and gRPC; undefined outside of a trace. */
export function traceHeader(): string | undefined {
  return storage.getStore()?.header;
}

/** Says whose failure an HTTP status is. */
export function failureOf(status: number): Pick<SubsegmentFacts, "error" | "fault" | "throttle"> {
  if (status >= 500) return { fault: true };
  return status < 400 ? {} : { error: true, ...(status === 429 ? { throttle: true } : {}) };
}

/** Describes an error: type and message, which is cut. The stack is in the log. */
export function causeOf({ id }: Pick<Subsegment, "id">, error: unknown): object {
  const { name: type = typeof error, message = "" } = Object(error) as Partial<Error>;
  return { exceptions: [{ id, type: String(type), message: String(message).slice(0, 500) }] };
}

/** The part of grpc-js' Requester that is used. */
interface Requester<Metadata, Listener> {
  readonly start: (
    metadata: Metadata,
    listener: Listener,
    begin: (metadata: Metadata, listener: StatusListener) => void,
  ) => void;
}

interface StatusListener {
  readonly onReceiveStatus: (status: CallStatus, next: (status: CallStatus) => void) => void;
}

/** The end of a call, as grpc-js has it. */
interface CallStatus {
  readonly code: number;
}

/**
 * An interceptor for clients of @grpc/grpc-js that makes a subsegment of each call, made with its InterceptingCall: `new
 * Client(address, credentials, { interceptors: [tracingInterceptor(InterceptingCall)] })`. The server gets X-Amzn-Trace-Id.
 */
export function tracingInterceptor<
  Options extends { readonly method_definition: { readonly path: string } },
  Call,
  Intercepted,
  Metadata extends { set(key: string, value: string): void },
  Listener,
>(
  InterceptingCall: new (call: Call, requester?: Requester<Metadata, Listener>) => Intercepted,
): (options: Options, next: (options: Options) => Call) => Intercepted {
  return (options, next) => {
    const [, service = "", method = ""] = options.method_definition.path.split("/");
    const subsegment = storage.getStore()?.begin(service);
    if (subsegment === undefined) return new InterceptingCall(next(options));
    return new InterceptingCall(next(options), {
      start: (metadata, _, begin) => {
        metadata.set("x-amzn-trace-id", subsegment.header);
        begin(metadata, {
          onReceiveStatus: (status, pass) => {
            const annotations = { rpc_method: method, grpc_code: status.code };
            subsegment.end({ namespace: "remote", annotations, ...failureOf(httpStatus(status.code)) });
            pass(status);
          },
        });
      },
    });
  };
}
