/** API keys of a REST API. No key is known here, so any counts. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html */
import { refuseByApi } from "./gateway-response.js";
import { isRecord } from "./result-parts.js";
import type { Refusal } from "./wire.js";

/** The refusal of a request without a key in its header, or in what the authorizer answered; undefined where there is one. */
export function refuseWithoutKey(source: "header" | "authorizer", event: object, answer: unknown): Refusal | undefined {
  const key = source === "header" ? headerKey(event) : isRecord(answer) ? answer["usageIdentifierKey"] : undefined;
  if (typeof key === "string" && key !== "") return undefined;
  const place = source === "header" ? "the header X-API-Key" : "usageIdentifierKey of the authorizer's answer";
  return refuseByApi("INVALID_API_KEY", 403, "Forbidden", `there is no API key in ${place}`);
}

function headerKey(event: object): unknown {
  const { headers } = event as { readonly headers?: object };
  return Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "x-api-key")?.[1];
}
