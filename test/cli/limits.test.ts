/** The limits of the command line at their exact value: one below it and the value itself are taken, one above is not. */
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { readBounded } from "../../src/bounded-file.js";
import { defineCommand } from "../../src/cli/commands/dev.js";
import { readConfig } from "../../src/cli/config/read-config.js";
import { readRequestLine } from "../../src/cli/explain/request-line.js";
import { excerptLines } from "../../src/cli/report/excerpt.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";

let project: TemporaryProject;
beforeAll(() => {
  project = createProject({});
});
afterAll(() => project.remove());

/** Whether `dev`, which has the options of all commands, takes the arguments. */
function isTaken(...args: readonly string[]): boolean {
  const command = new Command("dev").exitOverride().configureOutput({ writeErr: () => undefined });
  defineCommand(command, { argv: [], terminal: {} as never, exit: () => undefined });
  try {
    command.action(() => undefined).parse(args, { from: "user" });
    return true;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return false;
  }
}

describe.each([
  ["--memory-size", 128, 10_240],
  ["--timeout", 1, 900],
  ["--port", 0, 65_535],
])("%s", (option, least, most) => {
  it.each([
    [least - 1, false],
    [least, true],
    [least + 1, true],
    [most - 1, true],
    [most, true],
    [most + 1, false],
  ])("%i: %s", (value, expected) => expect(isTaken(`${option}=${value}`)).toBe(expected));
  it.each(["1e2", "0x80", "1.5", "", " 1", "-0"])("%j is no number", (text) => {
    expect(isTaken(`${option}=${text}`)).toBe(false);
  });
});

test.each([
  [39, true],
  [40, true],
  [41, false],
])("--api-name of %i characters: %s", (length, expected) => {
  expect(isTaken(`--api-name=${"a".repeat(length)}`)).toBe(expected);
});

test.each([16_383, 16_384, 16_385])("a request of %i characters, 16,384 of which are read", (length) => {
  const request = readRequestLine("GET", "/".padEnd(length, "a"));
  expect(typeof request).toBe(length > 16_384 ? "string" : "object");
});

describe("an excerpt", () => {
  const excerpt = (line: string, column: number): string => {
    const location = { file: "a.proto", line: 1, column, endLine: 1, endColumn: column + 1 };
    return excerptLines(location, line)[0]?.slice("    1 | ".length) ?? "";
  };

  it.each([109, 110, 111])("of a line of %i columns shows 110", (length) => {
    const line = "a".repeat(length);
    expect(excerpt(line, 1)).toBe(length > 110 ? `${"a".repeat(110)}…` : line);
  });

  it.each([999, 1000, 1001])("of a line of %i characters looks at 1,000 of them", (length) => {
    const line = `b${"\u0301".repeat(length - 2)}c`;
    expect(excerpt(line, 1).replaceAll("\u0301", "")).toBe(length > 1000 ? "b" : "bc");
  });

  it("shows the place in a line of a million characters", () => {
    const line = `${"a".repeat(500_000)}X${"b".repeat(500_000)}`;
    expect(excerpt(line, 500_001)).toContain("aXb");
  });
});

test.each([-1, 0, 1])("a configuration of 1 MB and %i bytes", async (more) => {
  project.put("grpc2lambda.yaml", "#".padEnd(1024 * 1024 + more, "x"));
  const { diagnostics } = await readConfig(join(project.root, "grpc2lambda.yaml"), "grpc2lambda.yaml");
  expect(diagnostics.some(({ message }) => message.includes("more than 1 MB"))).toBe(more > 0);
});

test("of a file without end no more is read than it may have", () => {
  expect(readBounded("/dev/zero", 100_000)).toEqual({ kind: "tooLarge", size: "more than 100000 bytes" });
  expect(readBounded("/dev/null", 0)).toMatchObject({ kind: "bytes" });
});
