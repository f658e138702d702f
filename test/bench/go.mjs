/**
 * `npm run bench:go`: functions in Go (gateway mode) beside the gateway behind aws-lambda-go-api-proxy, and beside a gRPC server behind a
 * connection in memory: size, start, CPU per call, and what compiling 35 mains takes in place of one. Ratios to the first row, of the same
 * run. `--calls 4000 --rounds 9 --mains 35` (default). Needs Go with its module proxy; CPU per call is read from /proc.
 */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startRuntimeApi } from "../../dist/cli/dev/runtime-api.js";
import { interleave, median, table, timeProcess } from "./measure.mjs";

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "4000" },
    rounds: { type: "string", default: "9" },
    mains: { type: "string", default: "35" },
  },
});
const [calls, rounds, mains] = [values.calls, values.rounds, values.mains].map(Number);
const module = resolve(".cache/bench-go");
const sources = join(import.meta.dirname, "go");
const env = { ...process.env, GOFLAGS: "-mod=mod -buildvcs=false", GOWORK: "off", CGO_ENABLED: "0" };
const flags = ["-trimpath", "-tags", "lambda.norpc,grpcnotrace", "-ldflags", "-s -w -buildid="];

/** Add a program here, with the package that it is in. */
const programs = {
  "grpc2lambda, gateway mode": { package: "./internal/lambda", handler: "library-service-" },
  "api-proxy + gateway": { package: "./cmd/proxy", source: "proxy.go.txt" },
  "api-proxy + gateway + bufconn": { package: "./cmd/bufconn", source: "bufconn.go.txt" },
};

const requests = {
  "get a book": { rpc: "get-book", method: "GET", path: "/v1/books/one", body: "" },
  "create a book": { rpc: "create-book", method: "POST", path: "/v1/books", body: JSON.stringify(book(0)) },
  "list 40 books": { rpc: "list-books", method: "GET", path: "/v1/books", body: "" },
};

function book(number) {
  return { name: `books/${number}`, title: `Book ${number}`, authors: ["Ann", "Ben"], pages: "320" };
}

function go(...args) {
  return timeProcess("go", args, { cwd: module, env });
}

function prepare() {
  rmSync(module, { recursive: true, force: true });
  cpSync(resolve("fixtures/go/library"), module, { recursive: true });
  rmSync(join(module, "parity"), { recursive: true });
  // A library of 40 books, so that a list has some length.
  const server = join(module, "internal/server/server.go");
  const text = readFileSync(server, "utf8");
  const filled = text.replace(/\treturn &Server\{books: (map\[.*\})\}, nil\n/, (_, books) =>
    [
      `\tbooks := ${books}`,
      '\tfor i := range 39 {\n\t\tname := fmt.Sprintf("books/b%d", i)',
      '\t\tbooks[name] = &librarypb.Book{Name: name, Title: "A title", Authors: []string{"Ann", "Ben"}, Pages: 320}\n\t}',
      "\treturn &Server{books: books}, nil\n",
    ].join("\n"),
  );
  if (filled === text) throw new Error(`${server} makes its books in another way now`);
  writeFileSync(server, filled);
  for (const { package: folder, source } of Object.values(programs)) {
    if (source === undefined) continue;
    mkdirSync(join(module, folder), { recursive: true });
    cpSync(join(sources, source), join(module, folder, "main.go"));
  }
  go("get", "github.com/awslabs/aws-lambda-go-api-proxy/httpadapter@v0.16.2");
  for (const [name, program] of Object.entries(programs))
    go("build", ...flags, "-o", executable(name), program.package);
}

function executable(name) {
  return join(module, "bin", name.replaceAll(/\W+/g, "-"));
}

const event = JSON.parse(readFileSync(resolve("fixtures/events/alb.json"), "utf8"));

/** A process with a Runtime API; `call` gives its answer. */
async function start(name, { rpc, method, path, body }) {
  const api = await startRuntimeApi();
  const { handler } = programs[name];
  const child = spawn(executable(name), {
    env: {
      ...process.env,
      AWS_LAMBDA_RUNTIME_API: api.address,
      _HANDLER: handler === undefined ? "bench" : `${handler}${rpc}`,
    },
    stdio: ["ignore", "ignore", "ignore"],
  });
  const headers = { ...event.headers, "content-type": "application/json" };
  const request = {
    ...event,
    httpMethod: method,
    path,
    queryStringParameters: {},
    headers,
    body,
    isBase64Encoded: false,
  };
  const call = async () => {
    const deadline = Date.now() + 30_000;
    const result = await api.invoke({
      requestId: crypto.randomUUID(),
      functionArn: "arn:aws:lambda:local:1:function:f",
      deadline,
      event: request,
    });
    if (result.payload?.statusCode !== 200) throw new Error(`${name}: ${JSON.stringify(result).slice(0, 500)}`);
  };
  return {
    call,
    pid: child.pid,
    stop: () => {
      child.kill();
      api.close(new Error("stopped"));
    },
  };
}

/** Milliseconds from the start of the process to its first answer. */
async function timeStart(name) {
  const began = performance.now();
  const { call, stop } = await start(name, requests["get a book"]);
  await call();
  const taken = performance.now() - began;
  stop();
  return taken;
}

/** Microseconds of CPU per call; the first calls do not count. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function timeCalls(name, request) {
  const { call, pid, stop } = await start(name, request);
  for (let warm = 0; warm < 200; warm++) await call();
  const before = ticks(pid);
  for (let number = 0; number < calls; number++) await call();
  const used = ticks(pid) - before;
  stop();
  return (used * 10_000) / calls;
}

/** User and system time in hundredths of a second. */
function ticks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

/** Seconds of a build after an edit of the service, with everything else compiled. */
function timeEdit(packages) {
  const file = join(module, "internal/server/server.go");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/a book needs a title(?: \d+)?/, `a book needs a title ${process.hrtime.bigint()}`));
  mkdirSync(join(module, "out"), { recursive: true });
  return go("build", ...flags, "-o", `${join(module, "out")}/`, ...packages) / 1000;
}

if (spawnSync("go", ["version"]).status === 0) await main();
else console.log("skipped: there is no Go toolchain (`go`)");

async function main() {
  prepare();
  const names = Object.keys(programs);
  const columns = [["size", (name) => statSync(executable(name)).size, (bytes) => `${(bytes / 1e6).toFixed(1)} MB`]];
  const starts = await interleave(Object.fromEntries(names.map((name) => [name, () => timeStart(name)])), rounds);
  columns.push(["start to first answer", (name) => starts.get(name), (ms) => `${ms.toFixed(1)} ms`]);
  if (existsSync("/proc/self/stat"))
    for (const [title, request] of Object.entries(requests)) {
      const used = await interleave(Object.fromEntries(names.map((name) => [name, () => timeCalls(name, request)])), 3);
      columns.push([`CPU: ${title}`, (name) => used.get(name), (us) => `${us.toFixed(0)} us`]);
    }
  const [first] = names;
  const rows = names.map((name) => [
    name,
    ...columns.map(([, value, show]) => `${show(value(name))} (${(value(name) / value(first)).toFixed(2)})`),
  ]);
  console.log(table([["", ...columns.map(([title]) => title)], ...rows]));
  compileMains();
}

/** One main for all functions, and one for each, after an edit of the service. */
function compileMains() {
  const text = readFileSync(join(module, "internal/lambda/main.go"), "utf8");
  const many = Array.from({ length: mains }, (_, number) => `cmd/f${number}`);
  for (const folder of many) {
    mkdirSync(join(module, folder), { recursive: true });
    writeFileSync(join(module, folder, "main.go"), text);
  }
  const [one, all] = [["./internal/lambda"], many.map((folder) => `./${folder}`)].map((packages) =>
    median([1, 2, 3].map(() => timeEdit(packages))),
  );
  console.log(
    `\nbuild after an edit: one main ${one.toFixed(2)} s, ${mains} mains ${all.toFixed(1)} s (${(all / one).toFixed(1)} times)`,
  );
}
