/** A stream that Lambda would cut off ends with an error in the form that the stream has. */
import { expect, test } from "vitest";
import type { StreamHandler } from "../../src/runtime/doors/response-stream.js";
import { serverStream } from "../../src/runtime/calls/server-stream.js";
import { spec } from "../../src/runtime/routing/profile.js";
import { streamByAccept } from "../../src/runtime/routing/stream-by-accept.js";
import { jsonArray } from "../../src/runtime/routing/stream-format.js";
import { LambdaResponseStream } from "../../src/simulator/lambda-stream.js";
import { eventOf, lambda, testDoors } from "./doors.js";
import { baseRequest } from "./shown.js";

/** 25 replies of 10 MB: more than the 200 MB that Lambda streams. */
const huge = serverStream(
  {
    service: "test.Huge",
    method: "Stream",
    kind: "serverStreaming",
    profile: { ...spec, mediaTypes: "ignore" },
    streaming: jsonArray,
    streamingByAccept: streamByAccept,
    bindings: [
      {
        httpMethod: "GET",
        template: "/v1/huge",
        segments: ["v1", "huge"],
        verb: "",
        captures: [],
        body: false,
        decode: () => null,
        encode: (reply) => JSON.stringify(reply),
      },
    ],
  },
  function* () {
    const reply = "x".repeat(10_000_000);
    for (let count = 0; count < 25; count++) yield reply;
  },
);

const status = '{"code":8,"message":"the response is larger than the 200 MB that AWS Lambda can stream","details":[]}';

const forms = [
  { accept: "application/x-ndjson", end: `x"\n{"error":${status}}\n` },
  { accept: "application/json", end: `x",\n{"error":${status}}]` },
  { accept: "text/event-stream", end: `x"\n\nevent: error\ndata: ${status}\n\n` },
];

test.each(forms)("$accept", { timeout: 60_000 }, async ({ accept, end }) => {
  const door = testDoors.find(({ name }) => name === "function-url stream");
  if (door === undefined) throw new Error("no such door");
  const stream = new LambdaResponseStream();
  let tail = "";
  stream.on("data", (bytes: Uint8Array) => {
    tail = (tail + Buffer.from(bytes.subarray(-500)).toString()).slice(-500);
  });
  const request = { ...baseRequest, target: "/v1/huge", headers: [["Accept", accept] as const] };
  const ended = new Promise((resolve) => stream.once("end", resolve));
  await (door.make(huge) as StreamHandler)(eventOf(door, request), stream, lambda);
  await ended;
  expect(tail.slice(-end.length)).toBe(end);
});
