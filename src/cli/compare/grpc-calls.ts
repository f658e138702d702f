/** From recorded HTTP requests to gRPC calls, by the bindings that would be generated for proto-loader's objects. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { RecordedRequest } from "../../migrate/requests/recorded-request.js";
import type { GrpcCall, GrpcServer, ToGrpcCall } from "../../migrate/sides/grpc-side.js";
import type { MessageStyle } from "../../emit/message-style.js";
import { type GenerateRequest, planProject } from "../../pipeline.js";
import type { Plan } from "../../plan/plan.js";
import type { Binding, Rpc } from "../../runtime/rpc.js";
import { type HttpHeaders, headerMap } from "../../runtime/http.js";
import { permanentMetadata } from "../../runtime/request-metadata.js";
import { messageStyle } from "../config/message-style.js";
import { loadBindings } from "../../build/load-bindings.js";
import { routeFinder } from "./route-label.js";

/** The objects that the server's client takes; see `loaderOptions`. */
const style: MessageStyle = messageStyle(
  { preset: "proto-loader", keepCase: true, longs: "String", enums: "String", defaults: true, oneofs: true },
  "proto-loader",
);

/** The protos of a project as proto-loader takes them; google/api and others come with the tool. */
export function serverProtos({ load }: GenerateRequest, plan: Plan): GrpcServer["protos"] {
  const { cwd, descriptorSet, includePaths } = load;
  if (descriptorSet !== undefined) return { kind: "set", bytes: readFileSync(resolve(cwd, descriptorSet)) };
  const own = includePaths.map((path) => resolve(cwd, path));
  const bundled = fileURLToPath(new URL("../../../src/proto/include", import.meta.url));
  const files = plan.model.files.filter(({ target }) => target).map(({ path }) => path);
  return { kind: "files", files, includeDirs: [...own, bundled] };
}

/** Plans the project once more, for proto-loader's objects, and makes calls with the bindings of that plan. */
export function grpcCalls(request: GenerateRequest, root: string): ToGrpcCall {
  const { plan } = planProject(inStyle(request));
  if (plan === undefined) return async () => "the protos have errors";
  const find = routeFinder(plan);
  const rpcs = new Map<string, Promise<Rpc<unknown, unknown> | undefined>>();
  return async (recorded) => {
    const found = find(recorded.method, recorded.target);
    if (found === undefined) return "no RPC answers it";
    const { route, captures } = found;
    const loading = rpcs.get(route.method.id) ?? loadBindings(plan, route.method, root);
    rpcs.set(route.method.id, loading);
    const rpc = await loading;
    const binding = rpc?.bindings[route.binding.index];
    if (rpc === undefined || binding === undefined) return "its binding does not bundle";
    if (route.method.method.clientStreaming) return "its RPC takes a stream of requests";
    return toCall(recorded, rpc, binding, captures);
  };
}

function inStyle(request: GenerateRequest): GenerateRequest {
  const services = [...request.plan.serviceOptions].map(
    ([name, service]) => [name, { ...service, messages: style }] as const,
  );
  return { ...request, plan: { ...request.plan, messages: style, serviceOptions: new Map(services) } };
}

function toCall(
  { target, headers, body }: RecordedRequest,
  { service, method, kind }: Rpc<unknown, unknown>,
  binding: Binding<unknown, unknown>,
  captures: readonly string[],
): GrpcCall | string {
  const mark = target.indexOf("?");
  const byName = lists(headers);
  const http = {
    query: mark === -1 ? "" : target.slice(mark + 1),
    contentType: byName["content-type"]?.[0] ?? "",
    body: binding.takesRaw === true ? body : Buffer.from(body).toString(),
  };
  let message: unknown;
  try {
    message = binding.decode(http, ...captures);
  } catch (error) {
    if (error instanceof Error && error.name === "DecodeError")
      return "its binding refuses it, so no message can be sent";
    throw error;
  }
  return {
    service,
    method,
    streams: kind === "serverStreaming",
    message: message as object,
    metadata: metadataOf(byName),
    encode: (reply) => encodeReply(binding, reply),
  };
}

function encodeReply(binding: Binding<unknown, unknown>, reply: unknown) {
  if ("encode" in binding) return { contentType: "application/json", body: Buffer.from(binding.encode(reply)) };
  const { contentType, data } = binding.encodeRaw(reply);
  return { contentType, body: data };
}

function lists(headers: RecordedRequest["headers"]): HttpHeaders {
  const map = headerMap<string[]>();
  for (const [name, value] of headers) map[name.toLowerCase()] = [...(map[name.toLowerCase()] ?? []), value];
  return map;
}

function metadataOf(headers: HttpHeaders): GrpcCall["metadata"] {
  const metadata = permanentMetadata({ headers });
  return Object.keys(metadata.getMap()).flatMap((key) => metadata.get(key).map((value) => [key, value] as const));
}
