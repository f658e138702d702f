/** Authorizers of the user's own among what routes ask for. */
import type { AuthPlan, OwnHandler } from "../plan.js";

/** The handler of the user that decides; undefined for another kind, and for a function that exists. */
export function ownHandlerOf(auth: AuthPlan): OwnHandler | undefined {
  return auth.kind === "lambda" && auth.function?.kind === "function" ? auth.function : undefined;
}

/** `src/authorizer.ts#handler`; equal for settings that share a function: modules in different folders may have one name. */
export function handlerIdentity({ handler }: Pick<OwnHandler, "handler">): string {
  return `${handler.module}#${handler.exportName}`;
}
