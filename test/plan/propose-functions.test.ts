/** What is proposed for too many functions works when it is pasted into the configuration. */

import { resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";

const googleapis = resolve("node_modules/google-proto-files");

let project: TemporaryProject;
afterEach(() => project.remove());

async function plan(protos: string, deployment: readonly string[]) {
  const lines = [`protos: [${protos}]`, `include: [., ${googleapis}]`, "deployment:", "  auth: none", ...deployment];
  project.put("grpc2lambda.yaml", `${lines.join("\n")}\n`);
  const { exitCode, stdout, stderr } = await runCli(project.root, "inspect", "--json", "plan");
  return { exitCode, stdout, stderr, functions: functionsOf(stdout) };
}

function functionsOf(json: string): number {
  return json === "" ? 0 : JSON.parse(json).functions.length;
}

/** One RPC in each of 36 services, which no number of functions below 36 can have by themselves. */
const manyServices = `syntax = "proto3";
package many.v1;
import "google/api/annotations.proto";
message Thing { string name = 1; }
${Array.from(
  { length: 36 },
  (_, at) => `service S${at} { rpc Get(Thing) returns (Thing) { option (google.api.http) = { get: "/v1/s${at}" }; } }`,
).join("\n")}
`;

test.each<[what: string, protos: string, door: string, code: string, proposal: RegExp]>([
  ["many services: one for each", "google/cloud/dataplex/v1", "http-api", "PL004", /^per-service$/],
  ["many services, over a limit that is final", "google/cloud/dataplex/v1", "alb", "PL012", /^per-service$/],
  ["one large service: one for each resource", "google/cloud/vmwareengine/v1", "http-api", "PL004", /^\{ .*\}$/],
  ["more services than functions: one for all", "many.proto", "rest-api", "PL004", /^single$/],
])("%s", async (_, protos, door, code, expected) => {
  project = createProject({ "many.proto": manyServices });
  const folder = protos === "many.proto" ? protos : `${googleapis}/${protos}`;
  const before = await plan(folder, [`  frontDoor: ${door}`]);
  const pattern = new RegExp(`${code}: .*\\n  help: set deployment.functions to (.*?) for (\\d+|one) functions?\\b`);
  const [, proposal = "", count = ""] = pattern.exec(before.stderr) ?? [];
  expect(proposal, before.stderr).toMatch(expected);
  const after = await plan(folder, [`  frontDoor: ${door}`, `  functions: ${proposal}`]);
  expect(after.exitCode, after.stderr).toBe(0);
  expect(after.stderr).not.toMatch(/PL004|PL012/);
  expect(after.functions).toBe(count === "one" ? 1 : Number(count));
});
