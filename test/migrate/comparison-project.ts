/** A project and servers for tests of `compare` through the command line. */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

/** The behaviour of a server. */
export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** The project of the test that runs. */
export let project: TemporaryProject;

let servers: Server[];

/** Gives each test of the file a project of its own, and ends its servers. */
export function useComparisons(): void {
  beforeEach(() => {
    servers = [];
    project = createProject({
      "package.json": '{"private": true, "type": "module"}',
      "proto/library.proto": libraryProto,
      "grpc2lambda.yaml": "protos: [proto]\ninclude: [proto]\n",
      "one.jsonl": lines([{ method: "GET", target: "/v1/shelves/1" }]),
    });
  });
  afterEach(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
    project.remove();
  });
}

/** A recording of these requests. */
export function lines(requests: readonly object[]): string {
  return requests.map((request) => `${JSON.stringify(request)}\n`).join("");
}

/** So many reads of shelves, `/v1/shelves/1` and on. */
export function reads(count: number): string {
  return lines(Array.from({ length: count }, (_, at) => ({ method: "GET", target: `/v1/shelves/${at + 1}` })));
}

/** Starts a server; gives its URL. */
export async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => answer(request, response, body));
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers with JSON. */
export function json(value: (request: IncomingMessage) => unknown, status = 200): Answer {
  return (request, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value(request)));
  };
}

/** Answers with the shelf of the path. */
export const shelf = json(({ url }) => ({ name: url?.slice(4) }));

/** Runs `grpc2lambda compare` with these words. */
export async function compare(
  line: string,
  env: Readonly<Record<string, string>> = {},
  interrupted = new Promise<void>(() => {}),
) {
  const { terminal, stdout, stderr } = captureTerminal(project.root, env);
  const exitCode = await run(["compare", ...line.split(" ").filter((word) => word !== "")], {
    ...terminal,
    interrupted: () => interrupted,
  });
  return { exitCode, stdout: stdout(), stderr: stderr() };
}

/** The lines of results.jsonl without the first, and without one that a kill has cut. */
export function results(): Record<string, unknown>[] {
  const text = readFileSync(join(project.root, "compare/results.jsonl"), "utf8");
  return text
    .split("\n")
    .slice(1)
    .filter((line) => line.endsWith("}"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
