/** Answers of a REST API in place of a function's, as generated templates have them. */
import { gatewayResponseBody, type GatewayResponseType } from "../front-door/gateway-responses.js";
import type { Refusal, WireResponse } from "./wire.js";

/** The answer of a type, with the text that the API has for it. */
export function gatewayResponse(type: GatewayResponseType, status: number, message: string): WireResponse {
  const body = new TextEncoder().encode(gatewayResponseBody(type, JSON.stringify(message)));
  return { status, headers: [["content-type", "application/json"]], body };
}

/** Such an answer in place of an event; `reason` is for the people in front of it. */
export function refuseByApi(type: GatewayResponseType, status: number, message: string, reason: string): Refusal {
  return { kind: "refused", response: gatewayResponse(type, status, message), reason };
}
