/** Errors that cannot be printed, or are none of ours, from unary and streaming handlers. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Endpoint, serveEndpoint } from "../../src/runtime/calls/endpoint.js";
import { grpcGateway } from "../../src/runtime/routing/profile.js";
import type { Rpc } from "../../src/runtime/rpc.js";
import { serverStream } from "../../src/runtime/calls/server-stream.js";
import { type ErrorDetail, RpcError } from "../../src/runtime/status.js";
import { unary } from "../../src/runtime/calls/unary.js";
import { collectBody } from "../transcoding/collect-body.js";

const logged = vi.spyOn(console, "error");
beforeEach(() => {
  logged.mockReset().mockImplementation(() => undefined);
});
afterEach(() => vi.clearAllMocks());

function rpc(kind: Rpc<string, string>["kind"]): Rpc<string, string> {
  const binding = { httpMethod: "GET", template: "/a", segments: ["a"], verb: "", captures: [], body: false };
  const bindings = [{ ...binding, decode: () => "", encode: (reply: string) => JSON.stringify(reply) }];
  return { service: "test.S", method: "M", kind, profile: grpcGateway, bindings };
}

async function answer(endpoint: Endpoint): Promise<{ status: number; body: string }> {
  const request = { method: "GET", path: "/a", pathIsDecoded: false, query: "", headers: {}, body: "" };
  const response = await serveEndpoint(endpoint)(request, { event: {}, lambda: undefined });
  return { status: response.status, body: await collectBody(response) };
}

const unprintable = new RpcError("NOT_FOUND", "gone", {
  details: [{ "@type": "a/b", count: 1n as unknown as string } satisfies ErrorDetail],
});
const said = '{"code":13,"message":"failed to marshal error message","details":[]}';

test("details that JSON cannot express: INTERNAL, as grpc-gateway has it, and the reason is in the log", async () => {
  const fail = (): never => {
    throw unprintable;
  };
  expect(await answer(unary(rpc("unary"), fail))).toEqual({ status: 500, body: said });
  expect(logged).toHaveBeenCalledWith("the details of an error are no JSON:", expect.any(TypeError));
});

test("a reply too long for a string is not the fault of one of its fields", async () => {
  const encode = (): string => "x".repeat(2 ** 30);
  const long = (kind: Rpc<string, string>["kind"]): Rpc<string, string> => {
    const made = rpc(kind);
    return { ...made, bindings: made.bindings.map((binding) => ({ ...binding, encode })) };
  };
  const status = '{"code":13,"message":"internal error","details":[]}';
  const isLogged = expect.objectContaining({ name: "RangeError", message: expect.stringContaining("length") });
  expect(await answer(unary(long("unary"), () => ""))).toEqual({ status: 500, body: status });
  expect(logged).toHaveBeenLastCalledWith("test.S/M failed:", isLogged);
  const stream = serverStream(long("serverStreaming"), async function* () {
    yield "";
  });
  expect(await answer(stream)).toEqual({ status: 500, body: `{"error":${status}}\n` });
  expect(logged).toHaveBeenLastCalledWith("test.S/M failed:", isLogged);
});

test("the same in a stream", async () => {
  const late = serverStream(rpc("serverStreaming"), async function* () {
    yield "one";
    throw unprintable;
  });
  expect(await answer(late)).toEqual({ status: 200, body: `{"result":"one"}\n{"error":${said}}\n` });
  const early = serverStream(rpc("serverStreaming"), () => {
    throw unprintable;
  });
  expect((await answer(early)).body).toContain("failed to marshal");
});
