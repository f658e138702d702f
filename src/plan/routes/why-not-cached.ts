/** Reasons that keep the answers of an RPC from a cache whose key has the path and single parameters. */
import type { CachePlan, MethodPlan } from "../plan.js";
import type { PlanOptions } from "../plan-options.js";
import type { CacheContext } from "./cached-routes.js";
import type { ProjectedBinding } from "./plan-routes.js";

/** The setting for an RPC: its own, or that of its service, or of the API; undefined for no cache. */
export function settleCache({ service, method }: MethodPlan, options: PlanOptions): CachePlan | undefined {
  const own = options.methodOptions?.get(method.fullName)?.cache ?? options.serviceOptions.get(service.fullName)?.cache;
  const setting = own ?? options.deployment.cache;
  return setting === false ? undefined : setting;
}

/** The first reason; undefined where nothing but path and query decides about an answer. */
export function whyNotCached(each: ProjectedBinding, context: CacheContext): string | undefined {
  return callerReason(each.method) ?? hiddenCallerReason(each.method, context) ?? answerReason(each, context);
}

/** Callers of an open RPC are told apart behind the door, too. */
function hiddenCallerReason({ implementation, traffic }: MethodPlan, { deployment }: CacheContext): string | undefined {
  if (deployment.domain?.mtls !== undefined)
    return "certificates tell callers apart (deployment.domain.mtls), and they would share an answer";
  if (traffic !== undefined) return `${traffic.old} gets all headers of a request, and may answer by them (traffic)`;
  if (implementation.kind !== "proxy") return undefined;
  return `${implementation.dependency} gets all headers of a request, and may answer by them (implementation: proxy)`;
}

/**
 * Callers have to be in the key, and a key has no header that can be relied on: API Gateway looks a header up by its name as written, so
 * that `AUTHORIZATION` is none. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
function callerReason({ auth }: MethodPlan): string | undefined {
  if (auth.apiKey === true) return "an API key in a header tells callers apart, and they would share an answer";
  switch (auth.kind) {
    case "none":
      return undefined;
    case "lambda": {
      const header = auth.identitySources.find((source) => !source.startsWith("query."));
      return header === undefined ? undefined : `${header} tells callers apart, and they would share an answer`;
    }
    case "iam":
    case "jwt":
    case "cognito":
    case "oidc":
      return `callers are told apart by a header (${auth.kind}), and would share an answer`;
    default:
      return auth satisfies never;
  }
}

/** Other parts of a request than path and query that answers depend on. */
function answerReason(
  { method, binding }: ProjectedBinding,
  { functions, deployment, options }: CacheContext,
): string | undefined {
  const fn = functions.find(({ methods }) => methods.includes(method));
  if (binding.body.kind !== "none") return "its GET has a body, which the key has not";
  if (fn?.streams === true) return "its function streams, which a REST API does not cache";
  if (fn?.payloads.responses === true) return "a large answer is a link to S3 that ends (deployment.largePayloads)";
  if (deployment.compression !== undefined) return "Accept-Encoding decides about answers (deployment.compression)";
  if (options.transcoding.binary === true) return "Accept decides about answers (transcoding.binary)";
  const { cors } = deployment;
  const isForAll = cors === undefined || (cors.origins.includes("*") && !cors.credentials);
  return isForAll ? undefined : "Origin decides about the headers of answers (deployment.cors names origins)";
}
