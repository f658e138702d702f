/** Characters that reorder text never come raw out of a .proto file into what is generated: https://trojansource.codes */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { createProject } from "../support/temporary-project.js";

const controls = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";
const raw = new RegExp(`[${controls}]`);

const project = createProject({
  [`odd\u202e.proto`]: `syntax = "proto2";
package odd;
import "google/api/annotations.proto";
// The service ${controls} of all.
service Odd {
  // Answers ${controls}.
  rpc Get(Shape) returns (Shape) { option (google.api.http) = { get: "/v1/odd" additional_bindings { post: "/v1/odd" body: "*" } }; }
}
// A message ${controls}
message Shape {
  // A field ${controls}
  optional string text = 1 [default = "${controls}", json_name = "text${controls}"];
  optional bytes raw = 2 [default = "${controls}"];
  oneof choice { /* A member ${controls} */ string a = 3 [json_name = "${controls}"]; }
  // An enum ${controls}
  enum Kind { /* A value ${controls} */ ONE = 1; }
  optional Kind kind = 4;
  repeated string more = 5;
}
`,
  "grpc2lambda.yaml": `protos: [.]\ndeployment:\n  environment: { WORDS: "a${controls}" }\n`,
});

afterAll(() => project.remove());

test.each([
  ["idiomatic", "http-api"],
  ["ts-proto", "rest-api"],
  ["protobuf-es", "alb"],
  ["proto-loader", "function-url"],
])("nothing of %s behind %s has them", async (style, door) => {
  const { exitCode, stderr } = await runCli(
    project.root,
    "generate",
    "--messages",
    style,
    "--front-door",
    door,
    "--auth",
    "none",
    "--force",
  );
  expect(exitCode, stderr).toBe(0);
  const generated = readdirSync(project.root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(proto|yaml)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
  const all = [...generated, project.get("template.yaml")];
  expect(all.length).toBeGreaterThan(20);
  expect(all.filter((text) => raw.test(text)).map((text) => text.slice(0, 200))).toEqual([]);
  expect(all.filter((text) => text.includes("\\u202e")).length).toBeGreaterThan(3);
});
