/** Errors of handlers where requests have no lines: nobody else would learn of them. */
import { statusOf } from "../status.js";
import type { Report } from "./observe.js";

/** Writes a line for an error that is not meant for the client. */
export const handlerErrors: Report = ({ invocation: { error }, log }) => {
  if (error !== undefined && !statusOf(error).isPublic) log.error("the handler failed", { error });
};
