/** `diff --against` the URL of an image: https alone, bounded, and no secret of the URL in what is printed. */
import { readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, globalAgent, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fetchImage, withoutSecrets } from "../../src/cli/diff/remote-image.js";
import { buildImage, googleApiFiles, withFiles } from "../support/buf.js";
import { selfSigned } from "../support/certificate.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

let server: Server;
let base: string;
let image: Uint8Array;
let project: TemporaryProject;
const requests: { readonly url: string | undefined; readonly authorization: string | undefined }[] = [];

const routes: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
  "/image.binpb": (response) => response.end(image),
  "/moved": (response) => redirect(response, "/image.binpb"),
  "/circle": (response) => redirect(response, "/circle"),
  "/plain": (response) => redirect(response, "http://localhost/image.binpb"),
  "/file": (response) => redirect(response, "file:///etc/passwd"),
  "/elsewhere": (response) => redirect(response, base.replace("localhost", "127.0.0.1")),
  "/endless": (response) => pour(response),
  "/silent": () => undefined,
  "/other": (response) => response.end("<html>sign in</html>"),
};

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

function pour(response: ServerResponse): void {
  while (response.write(Buffer.alloc(65_536)));
  response.once("drain", () => pour(response));
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  requests.push({ url: request.url, authorization: request.headers.authorization });
  const route = routes[(request.url ?? "").replace(/\?.*/, "")];
  if (route === undefined) response.writeHead(404).end();
  else route(response);
}

beforeAll(async () => {
  const day = 24 * 60 * 60 * 1000;
  const { key, cert } = selfSigned("localhost", new Date(Date.now() - day), new Date(Date.now() + day));
  globalAgent.options.ca = cert;
  server = createServer({ key, cert }, answer).listen(0);
  base = `https://localhost:${(server.address() as AddressInfo).port}`;
  image = withFiles({ ...googleApiFiles(), "library.proto": libraryProto }, (folder) => buildImage(folder));
  project = createProject({ "grpc2lambda.yaml": "protos: [library.proto]\n", "library.proto": libraryProto });
});
afterAll(() => {
  delete globalAgent.options.ca;
  server.closeAllConnections();
  server.close();
  project.remove();
});
beforeEach(() => {
  requests.length = 0;
});

const secretive = (path: string): string => base.replace("https://", "https://ada:hunter2@") + path;
const leftBehind = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("grpc2lambda-image-"));

test("an image is compared with the protos of today", async () => {
  const before = leftBehind();
  const diff = () => runCli(project.root, "diff", "--against", secretive("/moved?token=hunter3"));
  expect(await diff()).toEqual({ exitCode: 0, stdout: "no change that clients or the stack see\n", stderr: "" });
  expect(requests.map(({ url }) => url)).toEqual(["/moved?token=hunter3", "/image.binpb"]);
  expect(requests[0]?.authorization).toBe(`Basic ${Buffer.from("ada:hunter2").toString("base64")}`);
  project.put("library.proto", libraryProto.replace(":merge", ":join"));
  expect(await diff()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("route-moved") });
  expect(leftBehind()).toEqual(before);
});

test.each([
  ["/nothing", "status 404, expected 200"],
  ["/plain", "http is not followed, expected https"],
  ["/file", "file is not followed, expected https"],
  ["/circle", "more than 5 redirects"],
  ["/elsewhere", "the request failed (ERR_TLS_CERT_ALTNAME_INVALID)"],
  ["/other", "has errors: PB"],
])("%s is refused without a secret", async (path, reason) => {
  const { exitCode, stdout, stderr } = await runCli(
    project.root,
    "diff",
    "--against",
    secretive(`${path}?token=hunter3`),
  );
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(reason);
  expect(stderr).toContain(`${base}${path}`);
  expect(stderr).not.toMatch(/hunter|ada|sign in/);
});

test.each(["http://localhost/image.binpb", "ftp://a@b/c", "https://ada:hunter2@", "https://ada:hunter2@host:port/x"])(
  "%s is asked for nothing",
  async (url) => {
    const { exitCode, stderr } = await runCli(project.root, "diff", "--against", url);
    expect([exitCode, requests]).toEqual([2, []]);
    expect(stderr).toMatch(/expected https|this is no URL/);
    expect(stderr).not.toContain("hunter2");
  },
);

test("what is too large or takes too long ends", async () => {
  expect(await fetchImage(`${base}/endless`, { bytes: 1_000_000, milliseconds: 30_000 })).toBe(
    "more than 1000000 bytes",
  );
  expect(await fetchImage(`${base}/silent`, { bytes: 1_000_000, milliseconds: 50 })).toBe(
    "no answer within the time limit",
  );
  expect(await fetchImage(`${base}/endless`, { bytes: 1e12, milliseconds: 200 })).toBe(
    "no answer within the time limit",
  );
});

test("a URL is shown without its secrets", () => {
  expect(withoutSecrets("https://ada:hunter2@host/path?token=x#y")).toBe("https://host/path");
  expect(withoutSecrets("https://ada:hunter2@:x/path?token=x")).toBe("https://:x/path");
});
