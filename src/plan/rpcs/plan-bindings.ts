/** Plans what a binding reads and writes, once for the codecs that are planned and for the code that is printed. */
import type { Binding, Field, Message, Method } from "../../model/api-model.js";
import type { BindingPlan, BodyForm, MaskedBody, ReplyForm, TranscodingOptions } from "../plan.js";

/** The message that stands for a body as it is. */
export const httpBody = "google.api.HttpBody";

/** The data that decides about a binding. */
export interface BindingContext {
  readonly messages: ReadonlyMap<string, Message>;
  readonly transcoding: Pick<TranscodingOptions, "profile" | "behaviour" | "unknownFields" | "binary" | "formBodies">;
}

/** Plans a binding of a method. */
export function planBinding(method: Method, binding: Binding, { messages, transcoding }: BindingContext): BindingPlan {
  const request = messages.get(method.input);
  const isRaw = takesRaw(method, binding, transcoding);
  const body = isRaw ? undefined : bodyMessage(method, binding, messages);
  const hasReply = binding.responseBody === undefined && method.output !== httpBody && !method.serverStreaming;
  return {
    binding,
    takesQuery: request !== undefined && takesQuery(method, request, binding, transcoding),
    takesRaw: isRaw,
    body,
    bodyForms: body === undefined ? [] : bodyForms(transcoding),
    masked: request === undefined ? undefined : maskedBody(request, binding),
    reply: replyForm(method, binding, transcoding),
    binaryReply: transcoding.binary === true && hasReply,
  };
}

/**
 * grpc-gateway prints an HttpBody that is a `response_body` as any field in a stream, and says that it is JSON where it is the whole
 * answer; what it sends are the bytes.
 */
function replyForm(
  { output, serverStreaming }: Method,
  { responseBody }: Binding,
  { profile, behaviour }: BindingContext["transcoding"],
): ReplyForm {
  const isFile = responseBody === undefined ? output === httpBody : holdsFile(responseBody);
  if (!isFile) return "json";
  if (responseBody !== undefined && profile !== "spec") return serverStreaming ? "json" : "rawAsJson";
  const separator = behaviour?.httpBodyStreams ?? (profile === "spec" ? "raw" : "lines");
  return serverStreaming && separator === "lines" ? "rawLines" : "raw";
}

function holdsFile({ shape }: Field): boolean {
  return shape.kind === "message" && shape.fullName === httpBody;
}

/**
 * Tells whether fields that neither path nor body binds come from the query. With `body: "*"` there are none, but profile `spec` lets the
 * query set what the body left out, as Envoy does; grpc-gateway ignores it. `queryWithBodyStar` decides otherwise. A parameter would belong to no
 * message of a stream. Where path and body bind every field of `request`, a query is not even looked at, unless unknown parameters are
 * refused.
 */
function takesQuery(
  method: Pick<Method, "clientStreaming">,
  request: Pick<Message, "fields">,
  binding: Pick<Binding, "body" | "pathParams">,
  options: BindingContext["transcoding"],
): boolean {
  if (method.clientStreaming) return false;
  if (binding.body.kind !== "all") return options.unknownFields === "reject" || leavesFields(request, binding);
  return (options.behaviour?.queryWithBodyStar ?? (options.profile === "spec" ? "bind" : "ignore")) === "bind";
}

/** A variable that is below a field leaves the rest of that field. */
function leavesFields({ fields }: Pick<Message, "fields">, binding: Pick<Binding, "body" | "pathParams">): boolean {
  const { body, pathParams } = binding;
  const bound = new Set(pathParams.filter((param) => param.fields.length === 1).map((param) => param.fields[0]?.name));
  if (body.kind === "field" && body.above.length === 0) bound.add(body.field.name);
  return fields.some(({ name }) => !bound.has(name));
}

/**
 * Tells whether the body is passed on as it is. grpc-gateway reads an HttpBody in a request as any message, the JSON
 * `{"contentType", "data"}`; google/api/httpbody.proto and Envoy have the bytes themselves.
 */
function takesRaw(
  { input }: Method,
  { body }: Binding,
  { profile, behaviour }: BindingContext["transcoding"],
): boolean {
  if ((behaviour?.httpBodyRequests ?? (profile === "spec" ? "raw" : "json")) === "json") return false;
  if (body.kind === "all") return input === httpBody;
  return body.kind === "field" && holdsFile(body.field);
}

/**
 * The message that a body holds and that may have other forms than JSON; undefined where there is none. A PATCH's mask comes from JSON, so
 * that its body stays JSON, and so does a stream of messages; a field that is a well-known type has the JSON of its value.
 */
function bodyMessage(
  method: Method,
  { body, httpMethod }: Binding,
  messages: BindingContext["messages"],
): string | undefined {
  if (method.clientStreaming) return undefined;
  switch (body.kind) {
    case "none":
      return undefined;
    case "all":
      return method.input;
    case "field": {
      const { shape } = body.field;
      if (httpMethod === "PATCH" || shape.kind !== "message") return undefined;
      return messages.get(shape.fullName)?.wellKnown === undefined ? shape.fullName : undefined;
    }
    default:
      return body satisfies never;
  }
}

function bodyForms({ binary, formBodies }: BindingContext["transcoding"]): BodyForm[] {
  return [...(binary === true ? (["binary"] as const) : []), ...(formBodies === true ? (["form"] as const) : [])];
}

/** https://grpc-ecosystem.github.io/grpc-gateway/docs/mapping/patch_feature/ */
function maskedBody(request: Message, { httpMethod, body }: Binding): MaskedBody | undefined {
  if (httpMethod !== "PATCH" || body.kind !== "field" || body.above.length > 0) return undefined;
  const { shape } = body.field;
  const [mask, second] = request.fields.filter(isMask);
  if (shape.kind !== "message" || mask === undefined || second !== undefined) return undefined;
  return { mask, bodyType: shape.fullName };
}

function isMask({ shape }: Field): boolean {
  return shape.kind === "message" && shape.fullName === "google.protobuf.FieldMask";
}
