/** Findings of `compare` against each generation of the gateway, with the rows of docs/gateway-differences.md that tell of them. */
import type { GatewayVersion } from "../gateway/build/go-tools.js";

/** Findings as `class binding path`, with the ids of their rows. */
export type DocumentedFindings = Readonly<Record<string, readonly string[]>>;

const ofBoth: DocumentedFindings = {
  "status GET /v1/echo status": ["any-of-unknown-type"],
  "shape GET /v1/echo map_string_string{}": ["query-brackets-in-brackets"],
  "status POST /v1/body/int64 status": ["body-field-as-proto-json"],
  "status POST /v1/body/enum status": ["body-field-as-proto-json"],
  "status POST /v1/body/bytes status": ["body-field-as-proto-json"],
  "status POST /v1/body/map status": ["body-field-as-proto-json"],
  "status POST /v1/body/mapint64 status": ["body-field-as-proto-json"],
  "status POST /v1/body/repeatedenum status": ["body-field-as-proto-json"],
  // Its mask has a path that no reply can say in JSON.
  "status PATCH /v1/resources/{resource.id} status": ["patch-unknown-member", "unprintable-reply"],
  "shape POST /v1/rb/bytes bytes_value": ["response-body-absent-bytes"],
  "shape POST /v1/rb/int64 int64_value": ["response-body-int64"],
  "header POST /v1/headers header:grpc-trailer-tfoo": ["trailers-are-headers"],
  "header GET /v1/stream header:content-type": ["empty-stream-type"],
  "header GET /v1/streamnames header:content-type": ["empty-stream-type"],
  "header GET /v1/downloadstream header:content-type": ["empty-stream-type"],
};

/** By generation. */
export const documentedFindings: Readonly<Record<GatewayVersion, DocumentedFindings>> = {
  "2.33": ofBoth,
  "2.30": { ...ofBoth, "shape GET /v1/echo repeated_string.length": ["query-brackets-on-fields"] },
};
