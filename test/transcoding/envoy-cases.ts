/**
 * The suite `envoy-json-request`: what the tests of Envoy's transcoder say about a message, the variables of a path and a body. The
 * cases have neither a schema nor an HTTP request; both are here. They are run in profile `spec`, the nearest one.
 */
import { resolve } from "node:path";
import { buildModel } from "../../src/model/build-model.js";
import { loadProtos } from "../../src/proto/load.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { createProject } from "../support/temporary-project.js";
import { collectBody } from "./collect-body.js";
import { type Generated, loadVectors, type VectorCase } from "./load-vectors.js";

const messages = `
message Shelf { string name = 1; string theme = 2; int64 id = 3; }
message CreateBookRequest { int64 shelf = 1; Book book = 2; repeated Shelf shelves = 3; }
message Book { string author = 1; string name = 2; string title = 3; AuthorInfo author_info = 4; }
message AuthorInfo { string first_name = 1; string last_name = 2; Bio bio = 3; }
message Bio { int64 year_born = 1; string text = 2; }
message GetShelfRequest { int64 shelf = 1; }
message UpdateShelfRequest { Shelf shelf = 1; }
message Parameters { string x = 1; string y = 2; string a = 3; }
message Item { int32 a = 1; }
`;

/** A file with one service of these methods. */
function bookstore(methods: string): string {
  return `syntax = "proto3";\nimport "google/api/annotations.proto";\n${messages}\nservice Bookstore {\n${methods}\n}\n`;
}

function rule(rpc: string, input: string, pattern: string, body = ""): string {
  const bodyOption = body === "" ? "" : ` body: "${body}"`;
  return `rpc ${rpc}(${input}) returns (Item) { option (google.api.http) = { ${pattern}${bodyOption} }; }`;
}

const served = bookstore(
  [
    rule("Whole", "Shelf", 'post: "/shelves"', "*"),
    rule("Field", "CreateBookRequest", 'post: "/books"', "book"),
    rule("FieldVariable", "CreateBookRequest", 'put: "/books/{book.author_info.first_name}"', "book"),
    rule("Variables", "Shelf", 'get: "/shelves/{name}/{theme}"'),
    rule("Number", "GetShelfRequest", 'get: "/shelves/{shelf}"'),
    rule("WholeVariable", "UpdateShelfRequest", 'put: "/shelves/{shelf.id}"', "*"),
    rule("Query", "Parameters", 'get: "/query"'),
    rule("Collect", "stream Shelf", 'post: "/collect"', "*"),
    rule("CollectField", "stream CreateBookRequest", 'post: "/collect-field"', "shelves"),
    'rpc Stream(Item) returns (stream Item) { option (google.api.http) = { get: "/stream" }; }',
  ].join("\n"),
);

/** The request that a case is about. The body is the case's. */
type Call = readonly [httpMethod: string, path: string];

const whole: Call = ["POST", "/shelves"];
const calls: Readonly<Record<string, Call>> = {
  "001": whole,
  "002": ["POST", "/books"],
  "004": ["PUT", "/books/Leo"],
  "005": ["GET", "/shelves/1/Fiction"],
  "007": whole,
  "009": whole,
  "013": whole,
  "016": whole,
  "017": whole,
  "018": whole,
  "019": whole,
  "020": ["GET", "/shelves/abc"],
  "021": ["POST", "/collect"],
  "024": ["POST", "/collect-field"],
  "026": ["POST", "/collect"],
  "028": ["PUT", "/shelves/123"],
  "030": ["GET", "/query"],
  "032": ["GET", "/query"],
  "033": ["GET", "/query"],
  "034": ["GET", "/stream"],
};

/** Methods of cases that are about what is refused at generation. */
const refusable: Readonly<Record<string, string>> = {
  "003": rule("M", "CreateBookRequest", 'put: "/{book.name}"', "book.author_info.bio"),
  "022": rule("M", "stream CreateBookRequest", 'post: "/{book.name}"', "book.author_info"),
};

/** What comes of a case, in the form of the suite's `expect`; `refused` has the codes of the errors at generation. */
export type RunEnvoyCase = (vector: VectorCase) => Promise<object>;

/** Generates the bookstore once. */
export async function loadEnvoyCases(): Promise<RunEnvoyCase> {
  const transcoding = {
    profile: "spec",
    unknownFields: "reject",
    emitDefaults: false,
    clientStreaming: "collect",
  } as const;
  const plan = planFromProto({ "bookstore.proto": served }, { transcoding });
  const generated = await loadVectors(plan, ["bookstore.http", "bookstore.json"]);
  return async (vector) => {
    const id = vector.id.slice(-3);
    const refused = refusable[id];
    if (refused !== undefined) return { refused: generationErrors(bookstore(refused)) };
    const call = calls[id];
    if (call === undefined) throw new Error(`no request for ${vector.id}`);
    return answerCase(generated, call, vector);
  };
}

async function answerCase(generated: Generated, [method, path]: Call, { input, expect }: VectorCase): Promise<object> {
  const received: { input: string; request: unknown }[] = [];
  const endpoints = Object.keys(generated)
    .filter((name) => /^bookstore[A-Z]/.test(name))
    .map((name) => {
      const rpc = generated[name];
      if (rpc.kind === "serverStreaming") return generated.serverStream(rpc, () => input.responseStream);
      const [, message = ""] = new RegExp(`rpc ${rpc.method}\\((?:stream )?(\\w+)\\)`).exec(served) ?? [];
      if (rpc.kind === "clientStreaming")
        return generated.clientStream(rpc, async (requests: AsyncIterable<unknown>) => {
          for await (const request of requests) received.push({ input: message, request });
          return {};
        });
      return generated.unary(rpc, (request: unknown) => {
        received.push({ input: message, request });
        return {};
      });
    });
  const { query = "", body = "" } = input;
  const request = { method, path, pathIsDecoded: false, query, headers: {}, body };
  const response = await generated.serveEndpoint(generated.router(endpoints))(request, {
    event: {},
    lambda: undefined,
  });
  const text = await collectBody(response);
  if (input.responseStream !== undefined) return { body: text };
  const [first] = received;
  if (input.streaming === true && first !== undefined)
    return { messages: received.map((each) => JSON.parse(generated[`encode${each.input}`](each.request))) };
  if (first === undefined) return { error: generated.codeName(JSON.parse(text).code) };
  const json = JSON.parse(generated[`encode${first.input}`](first.request));
  return expect.bindings === undefined && path !== "/query" ? { json } : { bindings: json };
}

function generationErrors(source: string): string[] {
  const project = createProject({ "a.proto": source });
  try {
    const includePaths = [project.root, resolve("node_modules/google-proto-files")];
    const { files, targets, diagnostics } = loadProtos({ cwd: project.root, protos: ["a.proto"], includePaths });
    const built = buildModel({
      files,
      targets,
      profile: "spec",
      unboundMethods: "report",
      collectRequests: { byDefault: true, methods: new Map() },
    });
    return [...diagnostics, ...built.diagnostics]
      .filter(({ severity }) => severity === "error")
      .map(({ code }) => code);
  } finally {
    project.remove();
  }
}
