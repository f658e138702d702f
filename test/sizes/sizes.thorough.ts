/** Inputs beyond which the generator once ended its stack or did not come back; `npm run test:sizes` holds time against length. */
import { expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { createProject } from "../support/temporary-project.js";
import { sizeShapes } from "./shapes.js";

/** Sizes by the name of the shape. */
const sizes: Readonly<Record<string, number>> = {
  "fields of a message": 6000,
  oneofs: 3000,
  "members of a oneof": 5000,
  "a chain of messages": 4000,
  "a chain of lists of messages": 4000,
  "a chain of messages in a PATCH": 4000,
  "lines of comment": 150_000,
  "stars in a block comment": 150_000,
  "reserved numbers": 30_000,
  "extension ranges with an extension each": 4000,
  "unknown types": 3000,
  "parts of a package name": 20_000,
  "explicit keys (configuration)": 800,
  "maps in maps (service)": 30_000,
  "bindings inside one another": 100_000,
};

test.each(Object.entries(sizes))("%s: %d", async (name, size) => {
  const shape = sizeShapes.find((each) => each.name === name);
  if (shape === undefined) throw new Error(`no shape ${name}`);
  const project = createProject(shape.make(size));
  const { exitCode, stderr } = await runCli(
    project.root,
    "generate",
    ...(shape.protos ?? ["."]),
    ...(shape.flags ?? []),
  );
  project.remove();
  expect(exitCode, stderr.slice(0, 2000)).toBe(shape.exitCode);
});
