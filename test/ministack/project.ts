/** A small API as a user has it: protos, handlers and a configuration. Generated, built, and deployed in the emulator. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { send } from "./aws.js";

const root = resolve(import.meta.dirname, "../..");

const proto = `syntax = "proto3";
package shelves.v1;
import "google/api/annotations.proto";

service Shelves {
  // Returns a shelf with as many books as are asked for.
  rpc GetShelf(GetShelfRequest) returns (Shelf) { option (google.api.http) = {get: "/v1/shelves/{shelf}"}; }
  rpc CreateShelf(Shelf) returns (Shelf) { option (google.api.http) = {post: "/v1/shelves" body: "*"}; }
  // Asks a service of AWS with the permissions of the function.
  rpc AskService(Question) returns (Reply) { option (google.api.http) = {post: "/v1/questions" body: "*"}; }
}
message GetShelfRequest { string shelf = 1; int32 books = 2; }
message Shelf { string name = 1; string theme = 2; repeated string books = 3; }
message Question { string service = 1; string method = 2; string target = 3; string body = 4; map<string, string> headers = 5; }
message Reply { int32 status = 1; string body = 2; }
`;

const handlers: Readonly<Record<string, string>> = {
  "get-shelf": `import type { GetShelfRequest, Shelf } from "../../../gen/proto/shelves.js";
import { RpcError, type UnaryHandler } from "../../../gen/runtime/rpc.js";

export const getShelf: UnaryHandler<GetShelfRequest, Shelf> = async ({ shelf, books }) => {
  if (shelf === "none") throw new RpcError("NOT_FOUND", "no such shelf");
  if (shelf === "broken") throw new TypeError("a secret of the handler");
  return { name: shelf, theme: process.env.STAGE ?? "", books: Array.from({ length: books }, (_, at) => "book " + at) };
};
`,
  "create-shelf": `import type { Shelf } from "../../../gen/proto/shelves.js";
import type { UnaryHandler } from "../../../gen/runtime/rpc.js";

export const createShelf: UnaryHandler<Shelf, Shelf> = async (shelf) => shelf;
`,
  "ask-service": `import { requestSigner } from ${JSON.stringify(join(root, "src/migrate/sides/sign-request.js"))};
import type { Question, Reply } from "../../../gen/proto/shelves.js";
import type { UnaryHandler } from "../../../gen/runtime/rpc.js";

export const askService: UnaryHandler<Question, Reply> = async ({ service, method, target, body, headers }) => {
  const endpoint = new URL(process.env.AWS_ENDPOINT_URL ?? "");
  const sign = requestSigner({
    service,
    region: process.env.AWS_REGION ?? "",
    accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? "",
    ...(process.env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: process.env.AWS_SESSION_TOKEN }),
    now: () => new Date(),
  });
  const signature = await sign({ method, target, body: Buffer.from(body) }, endpoint.host);
  const answer = await fetch(new URL(target, endpoint), {
    method,
    headers: { ...headers, ...Object.fromEntries(signature) },
    ...(body === "" ? {} : { body }),
  });
  return { status: answer.status, body: await answer.text() };
};
`,
};

/** A project on disk, generated and built. */
export interface Project {
  readonly folder: string;
  /** The text of a template, with zips that are in the emulator in place of paths. */
  template(): string;
  /** Writes another configuration and generates; the code stays as it was built. */
  configure(deployment: string): void;
  remove(): void;
}

/** Makes a project with settings of the deployment, as lines of YAML, and uploads its zips. */
export async function makeProject(host: string, name: string, deployment: string): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), "grpc2lambda-deploy-"));
  mkdirSync(join(folder, "proto"));
  mkdirSync(join(folder, "src/handlers/shelves"), { recursive: true });
  writeFileSync(join(folder, "proto/shelves.proto"), proto);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  for (const [file, text] of Object.entries(handlers))
    writeFileSync(join(folder, `src/handlers/shelves/${file}.ts`), text);
  const configure = (settings: string): void => {
    writeFileSync(join(folder, "grpc2lambda.yaml"), `protos: [proto]\ndeployment:\n  apiName: shelves\n${settings}`);
    command(folder, "generate");
  };
  configure(deployment);
  command(folder, "build");
  const zips = Object.values(readZips(folder));
  await send(host, { method: "PUT", target: "/code", service: "s3" });
  for (const { path, content } of zips)
    await send(host, {
      method: "PUT",
      target: `/code/${name}/${path.split("/").at(-1)}`,
      service: "s3",
      body: content,
    });
  return {
    folder,
    template: () => withUploads(readFileSync(join(folder, deployedTemplate(folder)), "utf8"), name),
    configure,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function command(folder: string, name: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "bin/grpc2lambda.js"), name], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${name} ended with ${status}\n${stdout}${stderr}`);
}

function readZips(folder: string): { readonly path: string; readonly content: Uint8Array }[] {
  const text = readFileSync(join(folder, "template.yaml"), "utf8");
  const paths = [...text.matchAll(/^ +(?:Code|CodeUri): (\S+\.zip)$/gm)].map(([, path = ""]) => path);
  return [...new Set(paths)].map((path) => ({ path, content: readFileSync(join(folder, path)) }));
}

/** The template that is deployed: `build` writes one in which versions have their names, where the target needs it. */
function deployedTemplate(folder: string): string {
  const released = "build/lambda/released.yaml";
  return existsSync(join(folder, released)) ? released : "template.yaml";
}

/** What `sam deploy` and `aws cloudformation package` make of paths. */
function withUploads(template: string, name: string): string {
  return template
    .replace(/^( +)CodeUri: "?(?:\S*\/)?([^\s"]+\.zip)"?$/gm, `$1CodeUri: s3://code/${name}/$2`)
    .replace(/^( +)Code: "?(?:\S*\/)?([^\s"]+\.zip)"?$/gm, `$1Code: { S3Bucket: code, S3Key: ${name}/$2 }`);
}
