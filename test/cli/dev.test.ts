/** `dev` as a process: real HTTP in, and changes picked up. `npm test` builds dist/ first. */
import { type ChildProcess, spawn } from "node:child_process";
import { request } from "node:http";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const proto = `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
service Greeter {
  rpc Greet(GreetRequest) returns (Greeting) {
    option (google.api.http) = {get: "/v1/{name=people/*}:greet"};
  }
}
message GreetRequest { string name = 1; }
message Greeting { string text = 1; }
`;
const handler = (greeting: string): string => `export const greet = async ({ name }: { name: string }) => ({
  text: "${greeting}, " + name,
});
`;

let project: TemporaryProject;
let server: ChildProcess;
let output = "";

async function until(test: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let round = 0; round < 300; round++) {
    if (await test()) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`${what} did not happen\n${output}`);
}

function address(): string {
  return /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? "";
}

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(address() + path);
  return { status: response.status, body: await response.json() };
}

beforeAll(async () => {
  project = createProject({
    "package.json": '{"private": true, "type": "module"}',
    "grpc2lambda.yaml": "protos: [proto]\ninclude: [proto]\n",
    "proto/greeter.proto": proto,
    "src/handlers/greeter/greet.ts": handler("Hello"),
  });
  server = spawn(process.execPath, [resolve("bin/grpc2lambda.js"), "dev", "--port", "0"], {
    cwd: project.root,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [server.stdout, server.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  await until(() => address() !== "", "listening");
});

afterAll(() => {
  server.kill("SIGKILL");
  project.remove();
});

test("answers through the wrapper, and prints the request with RPC and time", async () => {
  expect(await get("/v1/people/ada:greet")).toEqual({ status: 200, body: { text: "Hello, people/ada" } });
  await until(
    () => /GET \/v1\/people\/ada:greet {2}200 {2}\d+\.\d ms {2}Greeter\.Greet\n/.test(output),
    "the log line",
  );
});

test("refuses what the front door refuses", async () => {
  expect(await get("/v2/100%25x")).toEqual({ status: 400, body: { message: "Bad Request" } });
  await until(() => /GET \/v2\/100%25x {2}400 .*\(an HTTP API rejects/.test(output), "the log line");
});

/** `fetch` sets Host and Origin by itself. */
function ask(headers: Readonly<Record<string, string>>): Promise<{ status?: number; body: string }> {
  return new Promise((done, fail) => {
    request(`${address()}/v1/people/ada:greet`, { headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () =>
        done({ ...(response.statusCode === undefined ? {} : { status: response.statusCode }), body }),
      );
    })
      .on("error", fail)
      .end();
  });
}

test("refuses what pages of other sites send, and says why", async () => {
  expect(await ask({ host: "evil.example" })).toEqual({
    status: 403,
    body: '{"message":"grpc2lambda dev refuses this request: the request is for the host \\"evil.example\\", expected localhost, the address of --host or a name of --allow-host"}',
  });
  expect((await ask({ origin: "https://evil.example" })).status).toBe(403);
  expect((await ask({ origin: "http://localhost:5173" })).status).toBe(200);
  await until(() => /403 .*\(the request is for the host "evil\.example"/.test(output), "the log line");
});

test("goes on when a handler leaves a promise that nobody awaits, and says so", async () => {
  project.put(
    "src/handlers/greeter/greet.ts",
    `export const greet = async ({ name }: { name: string }) => {
  void Promise.reject(new Error("stray"));
  setTimeout(() => { throw new Error("late"); });
  return { text: name };
};
`,
  );
  await until(async () => {
    await get("/v1/people/ada:greet");
    return output.includes("Error: late");
  }, "the stray errors");
  expect(output).toContain(
    "A handler left an error that nothing awaits or catches; Lambda would end the function, and the request with it:\nError: stray",
  );
  project.put("src/handlers/greeter/greet.ts", handler("Hello"));
  expect((await get("/v1/people/ada:greet")).status).toBe(200);
});

test("answers requests that match no RPC", async () => {
  expect(await get("/v2/nothing")).toEqual({ status: 404, body: { code: 5, message: "Not Found", details: [] } });
});

test("bundles again when a handler changes", async () => {
  project.put("src/handlers/greeter/greet.ts", handler("Good day"));
  await until(
    async () => JSON.stringify((await get("/v1/people/ada:greet")).body).includes("Good day"),
    "the new answer",
  );
});

test("answers with the error while a handler does not bundle", async () => {
  project.put("src/handlers/greeter/greet.ts", "export const greet = (;\n");
  await until(() => /src\/handlers\/greeter\/greet\.ts:1:\d+: /.test(output), "the bundling error");
  expect(await get("/v1/people/ada:greet")).toEqual({
    status: 500,
    body: {
      message: "grpc2lambda dev: this does not build",
      errors: [expect.stringMatching(/^src\/handlers\/greeter\/greet\.ts:1:\d+: /)],
    },
  });
  project.put("src/handlers/greeter/greet.ts", handler("Hi"));
  await until(async () => JSON.stringify((await get("/v1/people/ada:greet")).body).includes("Hi"), "the new answer");
});

test("generates again when a proto changes", async () => {
  project.put("proto/greeter.proto", proto.replace("}:greet", "}:hail"));
  await until(async () => (await get("/v1/people/ada:hail")).status === 200, "the new route");
});

test("watches what a change of the configuration brings, and what is imported", async () => {
  const part = (field: string): string =>
    `syntax = "proto3"; package acme.part; message Part { string ${field} = 1; }\n`;
  project.put("more/part.proto", part("first"));
  project.put(
    "extra/shop.proto",
    `syntax = "proto3";
package acme.shop;
import "google/api/annotations.proto";
import "part.proto";
service Shop {
  rpc Echo(part.Part) returns (part.Part) { option (google.api.http) = {get: "/v1/parts"}; }
}
`,
  );
  project.put("src/handlers/shop/echo.ts", "export const echo = async (part: object) => part;\n");
  project.put("grpc2lambda.yaml", "protos: [proto, extra]\ninclude: [proto, extra, more]\n");
  await until(async () => (await get("/v1/parts?first=1")).status === 200, "the new service");
  expect((await get("/v1/parts?first=1")).body).toEqual({ first: "1" });
  project.put("more/part.proto", part("second"));
  await until(async () => Object.hasOwn((await get("/v1/parts")).body as object, "second"), "the new field");
});

test("answers with the finding while a proto has a mistake, and goes on when it is mended", async () => {
  project.put("proto/greeter.proto", proto.replace("{name=", "{nmae="));
  await until(() => /greeter\.proto:\d+:\d+ error HR\d+: .*nmae/.test(output), "the finding");
  await until(async () => (await get("/v1/people/ada:hail")).status === 500, "the answer");
  const { errors } = (await get("/v1/people/ada:hail")).body as { readonly errors: readonly string[] };
  expect(errors[0]).toMatch(/^proto\/greeter\.proto:\d+:\d+ error HR\d+: .*nmae/);
  project.put("proto/greeter.proto", proto.replace("}:greet", "}:hail"));
  await until(async () => (await get("/v1/people/ada:hail")).status === 200, "the answer of the handler");
});

test("ends cleanly when it is interrupted", async () => {
  const ended = new Promise<number | null>((end) => server.once("exit", end));
  server.kill("SIGINT");
  expect(await ended).toBe(0);
});

test("says when the port is taken", async () => {
  const other = spawn(process.execPath, [
    "-e",
    "require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })",
  ]);
  const port = await new Promise<string>((first) => other.stdout.once("data", (text) => first(String(text).trim())));
  project.put("proto/greeter.proto", proto);
  const second = spawn(process.execPath, [resolve("bin/grpc2lambda.js"), "dev", "--port", port, "--no-watch"], {
    cwd: project.root,
  });
  let errors = "";
  second.stderr.on("data", (text) => {
    errors += text;
  });
  expect(await new Promise((end) => second.once("exit", end))).toBe(2);
  expect(errors).toContain("EADDRINUSE");
  other.kill();
});

test("says once what does not bundle, where nothing is watched", async () => {
  const { root, remove } = createProject({
    "proto/library.proto": libraryProto,
    "grpc2lambda.yaml": "protos: [proto]\ninclude: [proto]\n",
    "src/handlers/library-service/get-shelf.ts": 'export { getShelf } from "./lost.js";\n',
  });
  try {
    const { exitCode, stderr } = await runCli(root, "dev", "--no-watch", "--port", "0");
    expect(exitCode).toBe(2);
    expect(stderr.match(/Could not resolve/g)).toHaveLength(1);
  } finally {
    remove();
  }
});
