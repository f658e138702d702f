/** Which bindings take and give messages in other forms than JSON, where an API has them: those whose body is a message as it is. */
import type { Binding, Method } from "../../model/api-model.js";

const httpBody = "google.api.HttpBody";

/**
 * The message that a body holds, [] where it is something else; a PATCH's mask comes from JSON, so that its body stays JSON, and so
 * does a stream of messages.
 */
export function messageBodyTypes(method: Method, { body, httpMethod }: Binding): readonly string[] {
  if (method.clientStreaming) return [];
  switch (body.kind) {
    case "none":
      return [];
    case "all":
      return method.input === httpBody ? [] : [method.input];
    case "field": {
      const { shape } = body.field;
      if (httpMethod === "PATCH" || shape.kind !== "message" || shape.fullName === httpBody) return [];
      return [shape.fullName];
    }
    default:
      return body satisfies never;
  }
}

/** Whether the whole reply is the body, and it is a message. */
export function hasBinaryReply(method: Method, { responseBody }: Binding): boolean {
  return responseBody === undefined && method.output !== httpBody && !method.serverStreaming;
}
