/**
 * Bodies that are forms, for APIs that are generated with them: their fields set the message as query parameters do.
 */
import { DecodeError } from "../values/decode-error.js";
import { bodyBytes, bodyText, mediaType, type QueryPair } from "../http.js";
import { readMultipart } from "./multipart.js";
import { bindQuery, bindQueryValue, type ParamSetter, parseQuery, type ValueSetter } from "./query.js";
import type { BoundRequest } from "../rpc.js";

const urlencoded = "application/x-www-form-urlencoded";
const multipart = "multipart/form-data";

/** Tells whether a request's body is a form. */
export function isForm({ contentType }: Pick<BoundRequest, "contentType">): boolean {
  const type = mediaType(contentType);
  return type === urlencoded || type === multipart;
}

/** Sets the fields of the form in the message. Throws DecodeError. */
export function bindForm<Message>(http: BoundRequest, message: Message, set: ParamSetter<Message>): Message {
  bindQuery({ query: formFields(http) }, message, set, []);
  return message;
}

/** Does the same as `bindForm` for a message that is a plain value. */
export function bindFormValue<Value>(http: BoundRequest, value: Value, set: ValueSetter<Value>): Value {
  return bindQueryValue({ query: formFields(http) }, value, set, []);
}

function formFields({ contentType, body }: BoundRequest): readonly QueryPair[] {
  if (mediaType(contentType) === urlencoded) return parseQuery(bodyText(body));
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const text = boundary?.[1] ?? boundary?.[2];
  if (text === undefined) throw new DecodeError("a boundary in the Content-Type", "none");
  return readMultipart(bodyBytes(body), text);
}
