import { expect, it } from "vitest";
import { namePlan } from "../../src/emit/names/name-plan.js";
import { emitFunctions } from "../../src/emit/functions/functions.js";
import type { FrontDoorId } from "../../src/front-door/front-door-id.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";

const source = `syntax = "proto3"; package t;
import "google/api/annotations.proto";
service One {
  rpc Get(M) returns (M) { option (google.api.http) = { get: "/one/{name}" }; }
  rpc Watch(M) returns (stream M) { option (google.api.http) = { get: "/one/{name}/changes" }; }
}
message M { string name = 1; }`;

/** The import of the front door and the handler of each function. */
function handlers(frontDoor: FrontDoorId): Record<string, readonly string[]> {
  const base = planOptions();
  const { plan } = planGeneration(modelFromProto({ "t.proto": source }), {
    ...base,
    deployment: { ...base.deployment, frontDoor },
  });
  const files = emitFunctions(namePlan(plan)).map(({ path, content }) => {
    const door = /import \{ (\w+) \} from "..\/runtime\/doors\/((?:http|rest|alb|function)[\w-]*)\.js";/.exec(content);
    const handler = /export const handler = (\w+)\(/.exec(content);
    return [path, [door?.[2] ?? "", door?.[1] ?? "", handler?.[1] ?? ""]] as const;
  });
  return Object.fromEntries(files);
}

it.each<[FrontDoorId, Record<string, readonly string[]>]>([
  [
    "http-api",
    {
      "gen/functions/one-get.ts": ["http-api", "httpApi", "httpApi"],
      "gen/functions/one-watch.ts": ["http-api", "httpApi", "httpApi"],
      "gen/functions/unrouted.ts": ["http-api", "httpApi", "httpApi"],
    },
  ],
  [
    "rest-api",
    {
      "gen/functions/one-get.ts": ["rest-api", "restApi", "restApi"],
      "gen/functions/one-watch.ts": ["rest-api-stream", "restApiStream", "restApiStream"],
      "gen/functions/unrouted.ts": ["rest-api", "restApi", "restApi"],
    },
  ],
  [
    "alb",
    {
      "gen/functions/one-get.ts": ["alb", "alb", "alb"],
      "gen/functions/one-watch.ts": ["alb", "alb", "alb"],
      "gen/functions/unrouted.ts": ["alb", "alb", "alb"],
    },
  ],
  ["function-url", { "gen/functions/one.ts": ["function-url-stream", "functionUrlStream", "functionUrlStream"] }],
])("makes handlers for %s, streaming where an RPC does and the door can", (frontDoor, expected) => {
  expect(handlers(frontDoor)).toEqual(expected);
});
