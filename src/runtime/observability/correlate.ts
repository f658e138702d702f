/** Correlation ids of requests: captured from headers, in every line of the log, and there for what handlers call. */
import type { Invocation } from "../calls/invocation.js";
import { correlationHeaders, type CorrelationIds, isCorrelationId, withCorrelation } from "../correlation.js";
import type { LogFields, Logger } from "../logger.js";
import type { Observer } from "../observation.js";

/**
 * Makes the observer that runs each request with the ids of its headers `names`, lower case. If none of them came, the
 * first one has the id of the invocation: a chain of calls begins here.
 */
export function correlate(names: readonly string[], observer: Observer): Observer {
  return (respond) => {
    return (event, lambda, ...more) => {
      let invocation: Invocation | undefined;
      let ids: CorrelationIds | undefined;
      const currentIds = (): CorrelationIds => {
        if (invocation?.request === undefined) return {};
        ids ??= idsOf(invocation, names);
        return ids;
      };
      const handle = observer((begun, ...rest: typeof more) => {
        invocation = begun;
        return respond(begun, ...rest);
      });
      return withCorrelation(currentIds, () => handle(event, lambda, ...more));
    };
  };
}

function idsOf({ request, lambda }: Invocation, names: readonly string[]): CorrelationIds {
  const sent = names.flatMap((name) => {
    const id = request?.headers[name]?.[0];
    return isCorrelationId(id) ? [[name, id]] : [];
  });
  const [first] = names;
  const own = sent.length === 0 && first !== undefined && lambda !== undefined ? [[first, lambda.awsRequestId]] : sent;
  return Object.fromEntries(own);
}

/** Makes loggers whose lines have the ids in `correlation`. */
export function correlatedLogger(logger: (common: () => LogFields) => Logger): (common: () => LogFields) => Logger {
  return (common) => logger(() => ({ ...common(), correlation: correlationHeaders() }));
}
