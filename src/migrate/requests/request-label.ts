/** The RPC that a request is for, by the plan's own routing. */
import type { PathTemplate } from "../../http-rule/path-template.js";
import type { Method } from "../../model/api-model.js";

/** The RPC and binding that a request is for, as reports show them. */
export interface RequestLabel {
  /** Full name, `acme.library.v1.LibraryService.GetShelf`; `unrouted` where no RPC answers. */
  readonly rpc: string;
  /** `GET /v1/{name=shelves/*}`; "" where no RPC answers. */
  readonly binding: string;
  /** The template of the binding, whose variables the path has; absent where no RPC answers. */
  readonly template?: PathTemplate;
  /** Whether asking twice does no harm: GET and HEAD, and RPCs declared to have no side effects. */
  readonly safe: boolean;
  /** The function that answers; "" where none does. */
  readonly functionId: string;
  /** The RPC's messages; undefined where no RPC answers. */
  readonly method?: Pick<Method, "output" | "serverStreaming">;
  /** Full name of the RPC's request message; absent where no RPC answers. */
  readonly input?: string;
  /** Full name of the message that the request's body is; absent where it is none. */
  readonly bodyType?: string;
  /** Proto names from the reply to what the body is, for a rule with `response_body`. */
  readonly responseBody?: string;
}

/** Finds the label of a request. */
export type LabelRequest = (method: string, target: string) => RequestLabel;

/** Name of the label for requests that no RPC answers. */
export const unrouted = "unrouted";
