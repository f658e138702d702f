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
