/** A subsegment of X-Ray for each request, and for each call that its handler makes. */
import type { Observer } from "../observation.js";
import type { Report } from "../observability/observe.js";
import type { LambdaContext } from "../rpc.js";
import { httpStatus } from "../status.js";
import { causeOf, currentSubsegment, failureOf, Subsegment, type Trace, withSubsegment } from "../tracing.js";
import { xRayDaemon } from "./daemon.js";
import { traceOutgoingHttp } from "./outgoing-http.js";

/** Makes the observer that runs each request in a subsegment below that of Lambda, and traces what its handler calls over HTTP. */
export function traceRequests(observer: Observer): Observer {
  traceOutgoingHttp();
  const daemon = xRayDaemon();
  return (respond) => {
    const handle = observer(respond);
    return (event, lambda, ...more) => {
      const subsegment = beginRequest(lambda, daemon);
      const run = () => handle(event, lambda, ...more);
      return subsegment === undefined ? run() : withSubsegment(subsegment, run);
    };
  };
}

/** Begins the subsegment of an invocation; undefined if Lambda names no trace. */
function beginRequest(lambda: LambdaContext | undefined, daemon: Pick<Trace, "send" | "sent">): Subsegment | undefined {
  // An instance that serves several requests at once has it in the context alone.
  const { xRayTraceId } = Object(lambda) as { readonly xRayTraceId?: unknown };
  const header = String(xRayTraceId ?? process.env["_X_AMZN_TRACE_ID"]);
  const [, id] = /Root=([\w-]{35})/.exec(header) ?? [];
  const [, above] = /Parent=([\da-f]{16})/.exec(header) ?? [];
  if (id === undefined || above === undefined) return undefined;
  return new Subsegment({ ...daemon, id, isSampled: header.includes("Sampled=1") }, above, "request");
}

/** Makes the report that ends the subsegment of a request. The response waits until the system has it. */
export function requestSubsegments(): Report {
  return ({ fields: { code, reason, template, coldStart }, level, invocation }) => {
    const subsegment = currentSubsegment();
    if (subsegment === undefined) return undefined;
    const { called, broken: failure = invocation.response?.failure } = invocation;
    const isServers = level === "error";
    subsegment.end({
      name: called?.service ? `${called.service}/${called.method}` : "unrouted",
      ...(failure && failureOf(httpStatus(failure.code))),
      ...(isServers && { cause: causeOf(subsegment, { name: Object(invocation.error).name, message: reason }) }),
      annotations: {
        rpc_service: called?.service || undefined,
        rpc_method: called?.method || undefined,
        template,
        code,
        cold_start: coldStart,
      },
    });
    return subsegment.trace.sent();
  };
}
