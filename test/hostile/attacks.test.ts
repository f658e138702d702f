/** Some of the table of hostile inputs, on this Node; `npm run test:hostile` sends all of it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { generateHostile } from "./generate.js";
import { hostileInputs } from "./inputs.js";
import { atModest, sendAll } from "./send.js";

let bundle = "";
let remove = (): void => undefined;
beforeAll(async () => {
  ({ bundle, remove } = await generateHostile("gateway"));
});
afterAll(() => remove());

it("no input takes more than linear time, ends the process or stays without an answer", async () => {
  const inputs = hostileInputs.flatMap(({ name }, index) =>
    name.startsWith("inflated") || index % 61 !== 0 ? [] : [index],
  );
  expect(inputs.length).toBeGreaterThan(70);
  const target = { node: process.execPath, bundle, frontDoor: "http-api" };
  expect(await sendAll(target, inputs.map(atModest))).toEqual([]);
});
