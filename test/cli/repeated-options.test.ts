/** No option of any command drops a value without a word: it collects, or a second one is an error. */
import { describe, expect, test } from "vitest";
import { collect } from "../../src/cli/commands/project-options.js";
import { createProgram } from "../../src/cli/program.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { runCli } from "../support/run-cli.js";
import { createProject } from "../support/temporary-project.js";

const commands = [
  "generate",
  "check",
  "inspect",
  "routes",
  "explain",
  "dev",
  "event",
  "compare",
  "record",
  "report",
  "cost",
  "traffic",
];

async function valueOptions(name: string) {
  const { terminal } = captureTerminal("/");
  const program = await createProgram([name], "0", { terminal, exit: () => {} });
  const command = program.commands.find((each) => each.name() === name);
  return (command?.options ?? []).filter(({ required, optional }) => required || optional);
}

describe.each(commands)("%s", async (name) => {
  const options = await valueOptions(name);

  test("has options with values", () => expect(options.length).toBeGreaterThan(5));

  test.each(options.map((option) => [option.long ?? "", option] as const))("%s", async (long, option) => {
    const { root, remove } = createProject({});
    try {
      const value = option.argChoices?.[0] ?? sample(long);
      const argv = name === "explain" || name === "event" ? ["GET", "/v1"] : [];
      const { exitCode, stderr } = await runCli(root, name, ...argv, `${long}=${value}`, `${long}=${value}`);
      expect(exitCode).toBe(2);
      const refusal = `option '${option.flags}' is given twice, expected once`;
      if (option.parseArg === collect) expect(stderr).not.toContain("is given twice");
      else expect(stderr).toContain(refusal);
    } finally {
      remove();
    }
  });
});

/** A value that the option takes. */
function sample(long: string): string {
  const numbers: Readonly<Record<string, string>> = {
    "--memory-size": "512",
    "--timeout": "20",
    "--log-retention-days": "30",
    "--port": "3000",
    "--requests": "1",
    "--duration": "1",
    "--payload": "1",
    "--logs": "1",
    "--old-monthly": "1",
    "--pods": "1",
    "--pod-price": "1",
    "--wait": "1",
    "--generate": "1",
    "--seed": "1",
    "--limit": "1",
    "--rate": "1",
    "--concurrency": "1",
    "--sample": "10%",
    "--api-name": "library",
  };
  return numbers[long] ?? "x";
}

test("no command has an option of its own under the name of one that is a setting of the project", async () => {
  const settings = new Set((await valueOptions("generate")).map(({ long }) => long));
  const project = new Set((await valueOptions("explain")).map(({ long }) => long));
  for (const name of ["compare", "record", "event"]) {
    const own = (await valueOptions(name)).map(({ long }) => long).filter((long) => !project.has(long));
    expect(own.filter((long) => settings.has(long))).toEqual(name === "compare" ? ["--report"] : []);
  }
});
