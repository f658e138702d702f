/** Authentication in comparisons, texts and names. */
import type { AuthenticationKind } from "../../front-door/front-door.js";
import { kebabCase } from "../naming.js";
import type { AuthPlan } from "../plan.js";
import { handlerIdentity, ownHandlerOf } from "./own-authorizer.js";

/** Equal for settings that ask callers for the same. */
export function authIdentity({ location: _, ...auth }: AuthPlan): string {
  return JSON.stringify(Object.entries(auth).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `jwt (shelves.read)`: the kind, with the scopes that a caller has one of, or the handler of the user that decides; and the key. */
export function authText(auth: AuthPlan): string {
  const own = ownHandlerOf(auth);
  const details = own === undefined ? scopesOf(auth) : [handlerIdentity(own)];
  const kind = details.length === 0 ? auth.kind : `${auth.kind} (${details.join(", ")})`;
  return auth.apiKey === true ? `${kind} and an API key` : kind;
}

/** `iam, jwt or none`. */
export function oneOfKinds(kinds: readonly AuthenticationKind[]): string {
  return `${kinds.slice(0, -1).join(", ")}${kinds.length > 1 ? " or " : ""}${kinds.at(-1)}`;
}

/** `jwt-shelves-read`: the same as a part of a function's name. */
export function authSuffix(auth: AuthPlan): string {
  return [auth.kind, ...scopesOf(auth), ...(auth.apiKey === true ? ["key"] : [])]
    .flatMap((word) => kebabCase(word).split(/[^a-z0-9]+/))
    .filter((word) => word !== "")
    .join("-");
}

function scopesOf(auth: AuthPlan): readonly string[] {
  return "scopes" in auth ? auth.scopes : [];
}
