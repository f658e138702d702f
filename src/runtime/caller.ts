/** Callers, as the front door has checked them. */
import { type EventObject, objectOf, textOf } from "./doors/event.js";
import type { Context } from "./rpc.js";

/** A caller. `gen/caller.ts` has the function that finds it. */
export type Caller = UncheckedCaller | SigningCaller | TokenCaller | AuthorizedCaller;

/** Somebody: nothing was checked, because the RPC is open, or because `dev` and tests check nothing. */
export interface UncheckedCaller {
  readonly kind: "none";
}

/** A principal of AWS that signed the request. */
export interface SigningCaller {
  readonly kind: "iam";
  /** `arn:aws:sts::123456789012:assumed-role/orders/session`. */
  readonly arn: string;
  readonly account: string;
  /** `AROA…:session`. */
  readonly userId: string;
}

/** Somebody with a token of an issuer, or with a login. */
export interface TokenCaller {
  readonly kind: "token";
  /** The `sub` claim. */
  readonly subject: string;
  /** Claims as the door has them: an HTTP API and a REST API make texts of all of them. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** The `scope` claim, or `scp`. */
  readonly scopes: readonly string[];
}

/** Somebody whom a Lambda authorizer let in. */
export interface AuthorizedCaller {
  readonly kind: "authorizer";
  /** The context that the authorizer returned; a REST API makes texts of all of it, and adds `principalId`. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** A function that finds the caller of a call. */
export type CallerReader = (context: Pick<Context, "event" | "http">) => Caller;

const unchecked: UncheckedCaller = { kind: "none" };

/** Finds the caller of an open RPC: nobody in particular, whatever a header says. */
export const uncheckedCaller: CallerReader = () => unchecked;

/** Finds the principal that signed a request to an HTTP API, a REST API or a Function URL. */
export const signingCaller: CallerReader = ({ event }) => {
  const { identity, ...context } = requestContext(event);
  const { iam } = objectOf(context["authorizer"]);
  const { userArn, accountId, userId, user } = objectOf(iam ?? identity);
  const arn = textOf(userArn);
  if (arn === "") return unchecked;
  return { kind: "iam", arn, account: textOf(accountId), userId: textOf(userId ?? user) };
};

/** Finds the claims that an HTTP API (`jwt`) or a REST API (`cognito`) has checked. */
export const tokenCaller: CallerReader = ({ event }) => {
  const authorizer = objectOf(requestContext(event)["authorizer"]);
  return callerOfClaims(objectOf(authorizer["jwt"] ?? authorizer)["claims"]);
};

/** Finds the context that a Lambda authorizer returned to an HTTP API or a REST API. */
export const authorizedCaller: CallerReader = ({ event }) => {
  const { authorizer, http } = requestContext(event);
  // Payload format 2.0 keeps the context apart.
  const context = typeof http === "object" ? objectOf(authorizer)["lambda"] : authorizer;
  return typeof context === "object" && context !== null ? { kind: "authorizer", context: { ...context } } : unchecked;
};

/**
 * Finds the claims of the bearer token that a load balancer has checked. Of several tokens nobody knows which one that was, so they count
 * for nothing.
 */
export const bearerCaller: CallerReader = ({ http: { headers } }) => {
  const [, token = ""] = /^Bearer (.+)$/i.exec(onlyValue(headers["authorization"])) ?? [];
  return callerOfClaims(payloadOf(token));
};

/**
 * Finds the claims of the user that a load balancer has logged in. It signs them, and replaces what a client sends under this name.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export const loginCaller: CallerReader = ({ http: { headers } }) =>
  callerOfClaims(payloadOf(onlyValue(headers["x-amzn-oidc-data"])));

function requestContext(event: unknown): EventObject {
  return objectOf(objectOf(event).requestContext);
}

function onlyValue(values: readonly string[] | undefined): string {
  return values?.length === 1 ? (values[0] ?? "") : "";
}

function callerOfClaims(claims: unknown): Caller {
  if (typeof claims !== "object" || claims === null || Array.isArray(claims)) return unchecked;
  const { sub, scope, scp } = claims as EventObject;
  return { kind: "token", subject: textOf(sub), claims: { ...claims }, scopes: scopesOf(scope ?? scp) };
}

/** Texts with spaces between them, a list, or a list that a door has made text of: `[a b]`. */
function scopesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string");
  return textOf(value)
    .replace(/^\[|\]$/g, "")
    .split(" ")
    .filter((scope) => scope !== "");
}

/** The claims of a token, whose signature the door has checked; undefined for other texts, several tokens with commas between them too. */
function payloadOf(text: string): unknown {
  const [, payload = ""] = /^[\w-]+=*\.([\w-]+)=*\.[\w-]+=*$/.exec(text) ?? [];
  try {
    return JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
