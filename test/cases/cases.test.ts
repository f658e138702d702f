/** Projects of fixtures/cases/, each generated, bundled and asked as its case.json says. */
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { localDoor } from "../../src/cli/dev/local-door.js";
import { startLocalFunctions } from "../../src/cli/dev/local-functions.js";
import { functionsById } from "../../src/cli/dev/local-routes.js";
import { prepareOutput } from "../../src/cli/project-output.js";
import { type ClientRequest, type ClientResponse, type LocalProject, openProject } from "../support/local-project.js";
import { runCli } from "../support/run-cli.js";
import { createProject } from "../support/temporary-project.js";
import { expectedFailures } from "./expected-failures.js";

/** What case.json holds. */
interface Case {
  /** What is right, and why. */
  readonly why: string;
  readonly exchanges: readonly { readonly request: CaseRequest; readonly answer: CaseAnswer }[];
}

interface CaseRequest {
  /** Default: GET. */
  readonly method?: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The body is sent compressed. */
  readonly gzip?: boolean;
  /** Members of the event that are changed on its way, by their path. */
  readonly event?: Readonly<Record<string, unknown>>;
}

interface CaseAnswer {
  readonly status: number;
  /** The whole body. */
  readonly json?: unknown;
  /** Members of it. */
  readonly jsonPart?: object;
  /** The bytes of the body. */
  readonly hex?: string;
}

const folder = resolve(import.meta.dirname, "../../fixtures/cases");

describe.each(readdirSync(folder))("%s", (name) => {
  const { why, exchanges } = JSON.parse(readFileSync(join(folder, name, "case.json"), "utf8")) as Case;
  const run = expectedFailures.includes(name) ? test.fails : test;

  run(why, async () => {
    const { project, remove } = await generatedProject(name);
    try {
      for (const { request, answer } of exchanges)
        check(await project.send(wireRequest(request), (event) => edited(event, request.event ?? {})), answer);
    } finally {
      await project.stop();
      remove();
    }
  });
});

test("expected failures are cases", () => {
  expect(readdirSync(folder)).toEqual(expect.arrayContaining([...expectedFailures]));
});

async function generatedProject(
  name: string,
): Promise<{ readonly project: LocalProject; readonly remove: () => void }> {
  const { root, remove } = createProject({ "package.json": '{"type":"module","private":true}' });
  cpSync(join(folder, name), root, { recursive: true });
  const { exitCode, stderr } = await runCli(root, "generate");
  expect(exitCode, stderr).toBe(0);
  const tools = { prepareOutput, localDoor, functionsById, startLocalFunctions };
  return { project: await openProject(root, tools), remove };
}

function wireRequest({ method = "GET", target, headers = {}, body = "", gzip = false }: CaseRequest): ClientRequest {
  const type = body === "" ? {} : { "Content-Type": "application/json" };
  const all = { Host: "api.example.com", ...type, ...headers };
  return { method, target, headers: Object.entries(all), body: gzip ? gzipSync(body) : Buffer.from(body) };
}

/** `requestContext.path` is a member of a member. */
function edited(event: object, changes: Readonly<Record<string, unknown>>): object {
  return Object.entries(changes).reduce((changed, [path, value]) => withMember(changed, path.split("."), value), event);
}

function withMember(object: object, [name = "", ...rest]: readonly string[], value: unknown): object {
  const inner = (object as Record<string, object>)[name] ?? {};
  return { ...object, [name]: rest.length === 0 ? value : withMember(inner, rest, value) };
}

function check({ status, body }: ClientResponse, answer: CaseAnswer): void {
  const text = body.toString();
  expect(status, text).toBe(answer.status);
  if (answer.hex !== undefined) expect(body.toString("hex")).toBe(answer.hex);
  if (answer.json !== undefined) expect(JSON.parse(text)).toEqual(answer.json);
  if (answer.jsonPart !== undefined) expect(JSON.parse(text)).toMatchObject(answer.jsonPart);
}
