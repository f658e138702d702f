/**
 * One function in a process of its own, warm: node time-invocations.mjs <bundle> <export> <door> <rpc> <settings>. Checks an answer, then writes the
 * lower quartile of the nanoseconds from a parsed event to the result to file descriptor 3. Events are fresh for each call, as they are in Lambda; parsing them is not measured.
 */
import assert from "node:assert/strict";
import { writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { simulatedDoors } from "../../../dist/simulator/doors.js";

const [, , bundle, name, doorId, rpc, settingsText] = process.argv;
const rounds = 41;
const callsPerRound = 250;
const warmUpCalls = 5000;

const door = simulatedDoors[doorId];
const settings = JSON.parse(settingsText);
const lambda = { awsRequestId: "aws-1", getRemainingTimeInMillis: () => 28_000 };

const wireRequests = {
  createNote: (id) => ({
    method: "POST",
    target: `/v1/folders/f${id}/notes`,
    body: Buffer.from(
      JSON.stringify({ title: `Note ${id}`, text: "Some text", stars: 3, pinned: true, labels: ["x", "y"] }),
    ),
  }),
  getNote: (id) => ({ method: "GET", target: `/v1/folders/f${id}/notes/n${id}?language=en`, body: Buffer.alloc(0) }),
};

const expected = {
  createNote: (id) => ({
    name: `folders/f${id}/notes/1`,
    title: `Note ${id}`,
    text: "Some text",
    stars: 3,
    pinned: true,
    labels: ["x", "y"],
  }),
  getNote: (id) => ({
    name: `folders/f${id}/notes/n${id}`,
    title: "In en",
    text: "The quick brown fox jumps over the lazy dog",
    stars: 5,
    pinned: true,
    labels: ["a", "b"],
  }),
};

const routes = {
  createNote: (id) => ({ key: "POST /v1/folders/{folder}/notes", pathParameters: { folder: `f${id}` } }),
  getNote: (id) => ({
    key: "GET /v1/folders/{folder}/notes/{note}",
    pathParameters: { folder: `f${id}`, note: `n${id}` },
  }),
};

/** The event as Lambda's client parses it. */
function eventText(id) {
  const headers = [
    ["Host", "api.example.com"],
    ["Accept", "application/json"],
    ["Accept-Encoding", "gzip, deflate, br"],
    ["User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"],
    ["Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl"],
  ];
  if (rpc === "createNote") headers.push(["Content-Type", "application/json"]);
  const request = { ...wireRequests[rpc](id), headers, httpVersion: "1.1", sourceIp: "203.0.113.10", scheme: "https" };
  const options = { ...settings, route: () => routes[rpc](id), requestId: "request-1", now: 1783711145766 };
  const admission = door.admit(request, options);
  if (admission.kind === "refused") throw new Error(admission.reason);
  return JSON.stringify(admission.event);
}

/** A contender that answers something else is not compared. */
async function verify(handler, id) {
  const event = JSON.parse(eventText(id));
  const response = door.answer(JSON.parse(JSON.stringify(await handler(event, lambda))), event, settings);
  assert.equal(response.status, 200);
  assert.match(new Headers(response.headers).get("content-type"), /^application\/json/);
  assert.deepEqual(JSON.parse(Buffer.from(response.body).toString()), expected[rpc](id));
}

async function timeRound(handler, texts, calls) {
  const events = Array.from({ length: calls }, (_, index) => JSON.parse(texts[index % texts.length]));
  let answered = 0;
  const start = performance.now();
  for (const event of events) if ((await handler(event, lambda)).statusCode === 200) answered++;
  const time = performance.now() - start;
  assert.equal(answered, calls);
  return (time * 1e6) / calls;
}

const handler = (await import(pathToFileURL(bundle).href))[name];
const texts = Array.from({ length: 64 }, (_, id) => eventText(id));
await verify(handler, 7);
await timeRound(handler, texts, warmUpCalls);
const times = [];
for (let round = 0; round < rounds; round++) times.push(await timeRound(handler, texts, callsPerRound));
await verify(handler, 8);
times.sort((a, b) => a - b);
// The machine does other things, too: rounds that it interrupted say nothing.
// The standard output has the log of the function.
writeSync(3, String(times[Math.floor(times.length / 4)]));
