/** `dev` behind every front door, as a process: real HTTP in, several functions. `npm test` builds dist/ first. */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";

const proto = `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
import "google/api/httpbody.proto";
service Greeter {
  rpc Greet(GreetRequest) returns (Greeting) {
    option (google.api.http) = {get: "/v1/{name=people/*}:greet" additional_bindings {post: "/v1/greetings" body: "*"}};
  }
  rpc GreetAll(stream GreetRequest) returns (Greeting) {
    option (google.api.http) = {post: "/v1/greetings:all" body: "*"};
  }
  rpc GetPicture(GreetRequest) returns (google.api.HttpBody) {
    option (google.api.http) = {get: "/v1/{name=people/*}:picture"};
  }
}
service Counter {
  rpc Count(GreetRequest) returns (stream Greeting) {
    option (google.api.http) = {get: "/v1/counts"};
  }
  rpc Repeat(GreetRequest) returns (stream Greeting) {
    option (google.api.http) = {get: "/v1/repeats"};
  }
}
message GreetRequest { string name = 1; }
message Greeting { string text = 1; }
`;

/** Functions of one process see the same globals: one request tells another's function to go on. */
const handlers = {
  "src/handlers/greeter/greet.ts": `export const greet = async ({ name }: { name: string }) => {
  if (name === "people/release") (globalThis as any).release?.();
  return { text: "Hello, " + name + ((globalThis as any).left ? ", somebody left" : "") };
};
`,
  "src/handlers/greeter/greet-all.ts": `import type { ClientStreamingHandler } from "../../../gen/runtime/rpc.js";
export const greetAll: ClientStreamingHandler<{ name: string }, { text: string }> = async (requests) => {
  const names: string[] = [];
  for await (const { name } of requests) names.push(name);
  return { text: "Hello, " + names.join(" and ") };
};
`,
  "src/handlers/greeter/get-picture.ts": `export const getPicture = async () => ({
  contentType: "image/png",
  data: Uint8Array.of(0x89, 0x50, 0x00, 0xff),
  extensions: [],
});
`,
  "src/handlers/counter/count.ts": `export const count = async function* () {
  const released = new Promise<void>((resolve) => { (globalThis as any).release = resolve; });
  yield { text: "one" };
  await released;
  yield { text: "two" };
};
`,
  "src/handlers/counter/repeat.ts": `export const repeat = async function* () {
  try {
    for (let round = 0; round < 3000; round++) {
      yield { text: "again" };
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  } finally {
    (globalThis as any).left = true;
  }
};
`,
};

interface Door {
  readonly id: string;
  /** One per RPC where it can route; a Function URL leads to one function, so two of them stand side by side. */
  readonly functions: "per-rpc" | "per-service";
  readonly streams: boolean;
  /** A request that the door itself refuses, with its words. */
  readonly refused?: { readonly path: string; readonly status: number; readonly body: string; readonly note: string };
  /** Of a preflight. */
  readonly preflight: number;
}

const doors: readonly Door[] = [
  {
    id: "http-api",
    functions: "per-rpc",
    streams: false,
    refused: {
      path: "/v1/people/100%25x:greet",
      status: 400,
      body: '{"message":"Bad Request"}',
      note: "-  (an HTTP API rejects this percent-encoding)",
    },
    preflight: 204,
  },
  {
    id: "rest-api",
    functions: "per-rpc",
    streams: true,
    refused: {
      path: "/ping",
      status: 200,
      body: '{"message":"healthy"}',
      note: "-  (the path is reserved for the service)",
    },
    preflight: 204,
  },
  {
    id: "alb",
    functions: "per-rpc",
    streams: false,
    preflight: 204,
  },
  {
    id: "function-url",
    functions: "per-service",
    streams: true,
    refused: {
      path: "/v2/nothing",
      status: 404,
      body: '{"code":5,"message":"Not Found","details":[]}',
      note: "Greeter.Greet",
    },
    preflight: 200,
  },
];

async function until(test: () => boolean | Promise<boolean>, what: () => string): Promise<void> {
  for (let round = 0; round < 300; round++) {
    if (await test()) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`did not happen: ${what()}`);
}

describe.each(doors)("$id", ({ id, functions, streams, refused, preflight }) => {
  let project: TemporaryProject;
  let server: ChildProcess;
  let output = "";
  let address = "";

  const get = async (path: string): Promise<{ status: number; body: string }> => {
    const response = await fetch(address + path);
    return { status: response.status, body: await response.text() };
  };

  beforeAll(async () => {
    project = createProject({
      "package.json": '{"private": true, "type": "module"}',
      "grpc2lambda.yaml": `protos: [proto]\ninclude: [proto]\ndeployment:\n  functions: ${functions}\n  auth: none\n  cors: { origins: ["https://app.example.com"] }\ntranscoding: { headFromGet: true, optionsFromRoutes: true, clientStreaming: collect }\n`,
      "proto/greeter.proto": proto,
      ...handlers,
    });
    const args = [resolve("bin/grpc2lambda.js"), "dev", "--port", "0", "--no-watch", "--front-door", id];
    server = spawn(process.execPath, args, {
      cwd: project.root,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [server.stdout, server.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    await until(
      () => /http:\/\/127\.0\.0\.1:\d+/.test(output),
      () => `listening\n${output}`,
    );
    address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? "";
  });

  afterAll(() => {
    server.kill("SIGKILL");
    project.remove();
  });

  test("leads each request to the function of its RPC, and prints the RPC", async () => {
    expect(await get("/v1/people/ada:greet?x=1")).toEqual({ status: 200, body: '{"text":"Hello, people/ada"}' });
    const posted = await fetch(`${address}/v1/greetings`, { method: "POST", body: '{"name": "d\u00f6rte"}' });
    expect(await posted.text()).toBe('{"text":"Hello, d\u00f6rte"}');
    await until(
      () => /GET \/v1\/people\/ada:greet\?x=1 {2}200 {2}\d+\.\d ms {2}Greeter\.Greet\n/.test(output),
      () => `the log line\n${output}`,
    );
  });

  test("has a stream of requests in one body", async () => {
    const body = '{"name":"ada"}\n{"name":"d\u00f6rte"}\n';
    const posted = await fetch(`${address}/v1/greetings:all`, { method: "POST", body });
    expect(await posted.text()).toBe('{"text":"Hello, ada and d\u00f6rte"}');
    const refused = await fetch(`${address}/v1/greetings:all`, { method: "POST", body: `${body}{` });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain("[2]: expected");
  });

  test("passes bytes on", async () => {
    const response = await fetch(`${address}/v1/people/ada:picture`);
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await response.arrayBuffer()).toString("hex")).toBe("895000ff");
  });

  if (refused !== undefined)
    test("refuses what the front door refuses, in its words", async () => {
      const { path, note, ...expected } = refused;
      expect(await get(path)).toEqual(expected);
      await until(
        () => output.split("\n").some((line) => line.startsWith(`GET ${path}`) && line.endsWith(note)),
        () => `the log line\n${output}`,
      );
    });

  const page = "https://app.example.com";
  const ask = async (method: string, path: string, headers: Record<string, string> = {}): Promise<unknown[]> => {
    const response = await fetch(address + path, { method, headers: { Origin: page, ...headers } });
    const { code } = JSON.parse((await response.text()) || "{}");
    return [response.status, code, response.headers.get("access-control-allow-origin")];
  };

  test("answers requests that match no RPC as one function would", async () => {
    expect(await ask("GET", "/v2/nothing")).toEqual([404, 5, page]);
    expect(await ask("DELETE", "/v1/counts")).toEqual([501, 12, page]);
    expect(await ask("GET", "/v1/greetings")).toEqual([501, 12, page]);
    expect(await ask("GET", "/")).toEqual([404, 5, page]);
    expect(await ask("HEAD", "/v1/people/ada:greet")).toEqual([200, undefined, page]);
    expect(await ask("OPTIONS", "/v1/greetings")).toEqual([204, undefined, page]);
  });

  test("lets pages of the configured origins call", async () => {
    const asked = { "Access-Control-Request-Method": "POST" };
    expect(await ask("OPTIONS", "/v1/greetings", asked)).toEqual([preflight, undefined, page]);
    const other = { ...asked, Origin: "https://evil.example" };
    expect(await ask("OPTIONS", "/v1/greetings", other)).toEqual([preflight, undefined, null]);
    expect(await ask("GET", "/v1/people/ada:greet")).toEqual([200, undefined, page]);
  });

  test(streams ? "sends replies as they come" : "sends the replies of a stream in one response", async () => {
    const release = async (): Promise<boolean> => (await get("/v1/people/release:greet")).status === 200;
    const counting = fetch(`${address}/v1/counts`);
    if (streams) {
      const reader = (await counting).body?.pipeThrough(new TextDecoderStream()).getReader();
      expect(await reader?.read()).toEqual({ done: false, value: '{"result":{"text":"one"}}\n' });
      await release();
      expect(await reader?.read()).toEqual({ done: false, value: '{"result":{"text":"two"}}\n' });
      expect((await reader?.read())?.done).toBe(true);
      return;
    }
    let text: string | undefined;
    const whole = counting.then(async (response) => {
      text = await response.text();
    });
    await until(
      async () => (await release()) && text !== undefined,
      () => "the response",
    );
    await whole;
    expect(text).toBe('{"result":{"text":"one"}}\n{"result":{"text":"two"}}\n');
  });

  if (streams)
    test("stops a handler whose client has left, and says so", async () => {
      const leaving = new AbortController();
      const response = await fetch(`${address}/v1/repeats`, { signal: leaving.signal });
      await response.body?.getReader().read();
      leaving.abort();
      await until(
        async () => (await get("/v1/people/ada:greet")).body.includes("somebody left"),
        () => `the handler's end\n${output}`,
      );
      await until(
        () => /GET \/v1\/repeats {2}200 .*Counter\.Repeat {2}\(the client left\)\n/.test(output),
        () => `the log line\n${output}`,
      );
    });
});
