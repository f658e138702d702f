/**
 * Requests that are too large for the front door. The client asks for an upload (X-Upload-Content-Length,
 * X-Upload-Content-Type), puts the body to the link in the answer, and calls again with X-Upload-Id instead of a body.
 * Both calls go to the RPC's own path, so that they pass the checks of its callers.
 */
import { compression } from "../doors/compression.js";
import type { Endpoint, Route } from "../calls/endpoint.js";
import { type HttpRequest, type HttpResponse, headerValue } from "../http.js";
import { beforeEnd, codeOfFailure, isRandomId, payloadBucket, randomId } from "./payload-bucket.js";
import { jsonResponse, refuseWith } from "../calls/respond.js";
import type { Context } from "../rpc.js";
import { type Bucket, S3Error, type StoredObject } from "./s3.js";
import { RpcError } from "../status.js";

/** Settings of uploads. */
export interface UploadOptions {
  /** Most bytes of an upload, also when it is inflated. */
  readonly maxBytes: number;
  /** Seconds within which an upload has to begin. */
  readonly linkSeconds: number;
  /** The beginning of every key: "", or `library/`. */
  readonly prefix: string;
  /** Whether an upload is removed once a call has succeeded with it. Otherwise it stays, and can be used again. */
  readonly deleteAfterUse: boolean;
}

/** Makes a function that lets the routes of an endpoint take uploaded bodies, if they read a body. */
export function takeUploads(options: UploadOptions): (endpoint: Endpoint) => Endpoint {
  return (endpoint) => ({
    ...endpoint,
    routes: endpoint.routes.map((route) => (route.body ? withUploads(route, endpoint, options) : route)),
  });
}

/** Adds uploads to a route, inside of its interceptors: callers that they reject cannot start an upload. */
function withUploads(route: Route, { profile }: Endpoint, options: UploadOptions): Route {
  return {
    ...route,
    answer: async (http, captures, call) => {
      const { context } = call;
      const length = headerValue(context.http.headers, "x-upload-content-length");
      const id = headerValue(context.http.headers, "x-upload-id");
      if (length === "" && id === "") return route.answer(http, captures, call);
      if (http.body.length > 0)
        throw new RpcError("INVALID_ARGUMENT", "a request with an upload has no body of its own");
      const bucket = payloadBucket();
      if (bucket === undefined) throw new RpcError("UNIMPLEMENTED", "uploads are not available here");
      if (length !== "") return beginUpload(length, bucket, context, options);
      const key = keyOf(id, options);
      const request = await readUpload(key, bucket, context, options);
      if ("status" in request) return request;
      const refused = profile.mediaTypes === "ignore" ? undefined : profile.mediaTypes(route, request, refuseWith);
      if (refused !== undefined) return refused;
      const contentType = headerValue(request.headers, "content-type");
      const response = await route.answer({ ...http, contentType, body: request.body }, captures, call);
      if (options.deleteAfterUse && response.failure === undefined) context.waitUntil(remove(key, bucket, context));
      return response;
    },
  };
}

/**
 * Answers `{"upload": {"id", "method", "url", "headers", "expireTime"}}`. S3 refuses any other length or type than the
 * requested ones.
 */
async function beginUpload(
  lengthText: string,
  bucket: Bucket,
  { http }: Context,
  { maxBytes, linkSeconds, prefix }: UploadOptions,
): Promise<HttpResponse> {
  const length = /^[1-9]\d{0,15}$/.test(lengthText) ? Number(lengthText) : 0;
  const contentType = headerValue(http.headers, "x-upload-content-type") || "application/json";
  if (length === 0) throw new RpcError("INVALID_ARGUMENT", "X-Upload-Content-Length is not a number of bytes");
  if (length > maxBytes) throw new RpcError("RESOURCE_EXHAUSTED", `uploads may have ${maxBytes} bytes`);
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:; ?[\w-]+=[\w"'().+:=?-]+)*$/.test(contentType) || contentType.length > 200)
    throw new RpcError("INVALID_ARGUMENT", "X-Upload-Content-Type is not a media type");
  const id = await randomId();
  const signed = { "content-length": lengthText, "content-type": contentType };
  const url = await bucket.link("PUT", `${prefix}uploads/${id}`, linkSeconds, signed).catch(fail);
  const upload = {
    id,
    method: "PUT",
    url,
    headers: { "Content-Length": lengthText, "Content-Type": contentType },
    expireTime: new Date(Date.now() + linkSeconds * 1000).toISOString(),
  };
  return jsonResponse(JSON.stringify({ upload }), [["Cache-Control", "no-store"]]);
}

/**
 * The key of an upload. Only uploads of `beginUpload` have such keys; the form of the id leaves no way out of the
 * folder.
 */
function keyOf(id: string, { prefix }: UploadOptions): string {
  if (!isRandomId(id)) throw new RpcError("INVALID_ARGUMENT", "X-Upload-Id is not the id of an upload");
  return `${prefix}uploads/${id}`;
}

/** The request with the uploaded body, or the response that refuses its compression. */
async function readUpload(
  key: string,
  bucket: Bucket,
  { http, lambda }: Context,
  { maxBytes }: UploadOptions,
): Promise<HttpRequest | HttpResponse> {
  const { body, contentType, contentEncoding } = await bucket.get(key, maxBytes, beforeEnd(lambda)).catch(refuse);
  const headers = Object.assign(Object.create(null), http.headers, {
    "content-type": [contentType],
    "content-encoding": [contentEncoding],
  });
  return compression({ maxBytes }).inflate({ ...http, headers, body });
}

/**
 * Refuses an upload that cannot be read. S3 answers 404 only to callers that may list the bucket. Functions may not, so
 * a missing object is forbidden for them.
 */
function refuse(error: unknown): Promise<StoredObject> {
  if (error instanceof S3Error && error.code === "TooLarge")
    throw new RpcError("RESOURCE_EXHAUSTED", "the upload is larger than was asked for");
  if (error instanceof S3Error && (error.status === 404 || error.code === "AccessDenied"))
    throw new RpcError("FAILED_PRECONDITION", "there is no upload with this X-Upload-Id, or not anymore");
  return fail(error);
}

function fail(error: unknown): never {
  console.error("the bucket of uploads failed:", error);
  throw new RpcError(codeOfFailure(error), "uploads do not work at present");
}

async function remove(key: string, bucket: Bucket, { lambda }: Context): Promise<void> {
  await bucket.delete(key, beforeEnd(lambda)).catch((error) => console.error("an upload was not deleted:", error));
}
