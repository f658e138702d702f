/** Every command of docs/migrating.md does what the page says, on a small project with an old service on this machine. */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const page = readFileSync(resolve("docs/migrating.md"), "utf8");
const blocks = [...page.matchAll(/^```(?:sh)?\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);
const commands = blocks.flatMap((block) =>
  [...block.matchAll(/^(?:\$ )?npx grpc2lambda (.+)$/gm)].map(([, line = ""]) => line),
);

let project: TemporaryProject;
let old: Server;

beforeAll(async () => {
  project = createProject({
    "package.json": '{"private": true, "type": "module"}',
    "grpc2lambda.yaml": "protos: [library.proto]\n",
    "library.proto": libraryProto,
    "src/handlers/library-service/get-shelf.ts":
      "export const getShelf = async ({ name }: { name: string }) => ({ name });\n",
    "src/handlers/library-service/merge-shelves.ts":
      "export const mergeShelves = async ({ name }: { name: string }) => ({ name });\n",
    "traffic.har": JSON.stringify({
      log: { entries: [{ request: { method: "GET", url: "https://api.old.example.com/v1/shelves/1", headers: [] } }] },
    }),
  });
  old = createServer(({ url = "" }, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ name: decodeURIComponent(url.split("?")[0]?.slice(4) ?? "") }));
  });
  await new Promise<void>((done) => old.listen(0, "127.0.0.1", done));
  expect((await runCli(project.root, "generate")).exitCode).toBe(0);
});

afterAll(() => {
  old.closeAllConnections();
  old.close();
  project.remove();
});

test("the page has every command of a migration", () => {
  const names = new Set(commands.map((line) => line.split(" ")[0]));
  expect([...names].sort()).toEqual(["compare", "cost", "inspect", "record", "report"]);
});

test.each(commands)(
  "%s",
  async (line) => {
    const { port } = old.address() as AddressInfo;
    const words = line
      .replace(/https:\/\/api\.old\.example\.com|http:\/\/localhost:8081/, `http://127.0.0.1:${port}`)
      .replace("--port 8080", "--port 0")
      .split(" ");
    const { terminal, stderr } = captureTerminal(project.root);
    const interrupted = words[0] === "record" ? Promise.resolve() : new Promise<void>(() => {});
    const exitCode = await run(words, { ...terminal, interrupted: () => interrupted });
    expect([exitCode, stderr().replace(/^.*\b(?:warning|info) [\s\S]*$/m, "")]).toEqual([0, ""]);
  },
  60_000,
);
