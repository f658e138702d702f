/** Follows the requests of a function. */
import type { Invocation } from "../calls/invocation.js";
import type { LogFields, Logger } from "../logger.js";
import type { Observer } from "../observation.js";
import { codeNames, httpStatus } from "../status.js";
import { jsonLogger } from "./json-logger.js";

/** Facts about a request whose response has ended, with their names in a line of the log. */
export interface RequestFields extends LogFields {
  /** Name of the API. */
  readonly api: string;
  readonly httpMethod: string | undefined;
  /** The path template that the path matches; absent for none. */
  readonly template: string | undefined;
  /** Whether new code answered, or the server that it comes from; absent where traffic is not divided. */
  readonly side: "new" | "old" | undefined;
  /** The status of the response. */
  readonly status: number | undefined;
  /** Name of the gRPC code, OK for a success. A code without a name is absent. */
  readonly code: string | undefined;
  /** The message of an error. */
  readonly reason: string | undefined;
  /** From the event to the end of the response. */
  readonly durationMs: number;
  /** Messages of a streamed reply that were sent; absent for others. */
  readonly messages: number | undefined;
  /** Whether the request was the first of its process. With provisioned concurrency none is. */
  readonly coldStart: boolean;
}

/** A request whose response has ended. */
export interface EndedRequest {
  readonly fields: RequestFields;
  /** `error`: its code is an HTTP 5xx. `warn`: another code, or no RPC answers it. */
  readonly level: "info" | "warn" | "error";
  readonly invocation: Readonly<Invocation>;
  /** Writes lines with the RPC and the ids of the request. */
  readonly log: Logger;
}

/** Learns of a request when its response has ended. The response waits for a promise, which has to settle by itself. An error is printed. */
export type Report = (ended: EndedRequest) => void | Promise<void>;

/** Treatment of requests. */
export interface ObserveOptions {
  /** Name of the API. */
  readonly api: string;
  readonly report: Report;
  /** Makes loggers whose lines have common fields. Default: that of `jsonLogger`. */
  readonly logger?: (common: () => LogFields) => Logger;
}

let coldStart = process.env["AWS_LAMBDA_INITIALIZATION_TYPE"] !== "provisioned-concurrency";

/** Makes the part of a handler that follows requests. Warm-ups, and events that are no requests, are not reported. */
export function observe({ api, report, logger = jsonLogger() }: ObserveOptions): Observer {
  return (respond) =>
    async (event, lambda, ...more) => {
      const start = performance.now();
      const isFirst = coldStart;
      coldStart = false;
      const log = logger(() => {
        const { called, request } = invocation;
        const trace = process.env["_X_AMZN_TRACE_ID"] ?? request?.headers["x-amzn-trace-id"]?.[0];
        return {
          // A path of another function has a template, and no service.
          service: called?.service || undefined,
          method: called?.method || undefined,
          requestId: lambda?.awsRequestId,
          traceId: trace?.match(/Root=([\w-]{35})/)?.[1],
        };
      });
      const invocation: Invocation = { event, lambda, log };
      const result = await respond(invocation, ...more);
      const { request, response, called, broken: failure = response?.failure, messages } = invocation;
      if (request ?? failure) {
        const isServers = failure && called?.service && httpStatus(failure.code) >= 500;
        const level = isServers ? "error" : failure ? "warn" : "info";
        const fields = {
          api,
          httpMethod: request?.method,
          template: called?.template,
          side: called?.side,
          status: response?.status,
          code: codeNames[failure?.code ?? 0],
          reason: failure?.message.slice(0, 1000),
          durationMs: Math.round((performance.now() - start) * 1000) / 1000,
          messages,
          coldStart: isFirst,
        };
        try {
          const reported = report({ fields, level, invocation, log });
          if (reported !== undefined) await reported;
        } catch (error) {
          // The answer is made; no report is worth losing it.
          console.error(error);
        }
      }
      return result;
    };
}
