/** The parameter of SSM that moves traffic, read from a server over HTTP that checks signatures. */
import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test, vi } from "vitest";
import type { Logger } from "../../src/runtime/logger.js";
import { shareParameter } from "../../src/runtime/proxy/share-parameter.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

let server: Server;
let asked: string[];
let answer: { readonly status: number; readonly body: string } | "nothing";
const warnings: string[] = [];
const quiet = () => undefined;
const log: Logger = {
  debug: quiet,
  info: quiet,
  error: quiet,
  warn: (text, fields) => warnings.push(`${text}: ${fields?.["error"]}`),
};

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await text(request);
    asked.push(`${request.headers["x-amz-target"]} ${body}`);
    if (answer === "nothing") return;
    const isSigned = request.headers.authorization?.endsWith(`Signature=${signatureOf(request, body)}`);
    const { status, body: answered } = isSigned
      ? answer
      : { status: 403, body: '{"__type":"InvalidSignatureException"}' };
    response.writeHead(status).end(answered);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  asked = [];
  warnings.length = 0;
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.stubEnv("AWS_ENDPOINT_URL_SSM", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_REGION", "eu-west-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIA");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_SESSION_TOKEN", "token");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** The signature that the request has to have. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function signatureOf({ headers }: IncomingMessage, body: string): string {
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const names = /SignedHeaders=([^,]*)/.exec(headers.authorization ?? "")?.[1] ?? "";
  const lines = names.split(";").map((name) => `${name}:${headers[name]}\n`);
  const canonical = `POST\n/\n\n${lines.join("")}\n${names}\n${hash(body)}`;
  const time = `${headers["x-amz-date"]}`;
  const scope = [time.slice(0, 8), "eu-west-1", "ssm", "aws4_request"];
  const key = scope.reduce<string | Buffer>(hmac, "AWS4secret");
  return hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope.join("/")}\n${hash(canonical)}`).toString("hex");
}

const valued = (value: string) => ({ status: 200, body: JSON.stringify({ Parameter: { Value: value } }) });
const getShelf = { service: "acme.library.v1.LibraryService", method: "GetShelf" };
const listShelves = { ...getShelf, method: "ListShelves" };
const later = () => vi.setSystemTime(Date.now() + 30_000);

describe("a parameter", () => {
  it.each([
    ['{"*": 0}', 0, 0],
    ['{"*": 0, "LibraryService/GetShelf": 50}', 50, 0],
    ['{"LibraryService/GetShelf": 50, "acme.library.v1.LibraryService/GetShelf": 12.5}', 12.5, undefined],
    ["{}", undefined, undefined],
  ])("%s", async (text, ofGet, ofList) => {
    answer = valued(text);
    const shares = shareParameter(`/values/${text}`);
    expect([await shares(getShelf, log), await shares(listShelves, log)]).toEqual([ofGet, ofList]);
    expect(warnings).toEqual([]);
  });

  it("is read once in 30 seconds, for all RPCs of a function", async () => {
    answer = valued('{"*": 5}');
    const both = [shareParameter("/once"), shareParameter("/once")] as const;
    expect(await Promise.all(both.map((shares) => shares(getShelf, log)))).toEqual([5, 5]);
    answer = valued('{"*": 6}');
    expect(await both[1](getShelf, log)).toBe(5);
    later();
    expect(await both[0](getShelf, log)).toBe(6);
    expect(asked).toEqual(Array(2).fill('AmazonSSM.GetParameter {"Name":"/once"}'));
  });

  it.each([
    [
      "a refusal",
      { status: 400, body: '{"__type":"com.amazonaws#AccessDeniedException","message":"arn:secret"}' },
      "SSM GetParameter: 400 AccessDeniedException",
    ],
    ["no JSON", valued("my secret"), "expected JSON"],
    ["a list", valued("[1]"), "expected an object of JSON"],
    ["a percent that there is not", valued('{"*": 101}'), "expected percents from 0 to 100"],
    ["a text", valued('{"*": "5"}'), "expected percents from 0 to 100"],
    ["an answer without end", { status: 200, body: "x".repeat(70_000) }, "the answer of SSM is too large"],
  ])("keeps what was read before %s, and warns once", async (name, failing, reason) => {
    const shares = shareParameter(`/failing/${name}`);
    answer = valued('{"*": 5}');
    await shares(getShelf, log);
    answer = failing;
    for (let time = 0; time < 2; time++) {
      later();
      expect(await shares(getShelf, log)).toBe(5);
    }
    const warning = `parameter /failing/${name} cannot be read, and shares stay as they are: Error: ${reason}`;
    expect(warnings).toEqual([warning]);
    answer = valued('{"*": 7}');
    later();
    expect(await shares(getShelf, log)).toBe(7);
  });

  it("keeps no request longer than a second", async () => {
    answer = "nothing";
    expect(await shareParameter("/silent")(getShelf, log)).toBeUndefined();
    expect(warnings.join()).toMatch(/cannot be read.*AbortError/);
  });

  it("needs credentials", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "");
    expect(await shareParameter("/locked")(getShelf, log)).toBeUndefined();
    expect(warnings.join()).toContain("no region or no credentials for SSM in the environment");
    expect(asked).toEqual([]);
  });
});

describe("functions with a parameter", () => {
  let project: TemporaryProject | undefined;
  afterEach(() => project?.remove());

  const configuration = (target: string, parameter: string) => `protos: [library.proto]
template: deployed.out
dependencies: { old: { address: { ref: OldLibraryAddress } } }
deployment: { target: ${target}, permissionList: true }
methods:
  acme.library.v1.LibraryService.GetShelf: { traffic: { share: 10, parameter: ${parameter} } }
`;

  test.each([
    ["sam", "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/library/traffic"],
    ["cloudformation", "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/library/traffic"],
    ["terraform", ":parameter/library/traffic"],
  ])("may read it, and no other, with %s", async (target, arn) => {
    vi.useRealTimers();
    project = createProject({
      "library.proto": libraryProto,
      "grpc2lambda.yaml": configuration(target, "/library/traffic"),
    });
    const { exitCode, stderr, stdout } = await runCli(project.root, "generate");
    expect(exitCode, stderr).toBe(0);
    expect(project.get("deployed.out")?.split(arn).length, stdout).toBe(2);
    expect(project.get("gen/functions/library-service-get-shelf.ts")).toContain(
      'shares: shareParameter("/library/traffic"),',
    );
  });

  it("have one that SSM takes", async () => {
    vi.useRealTimers();
    for (const name of ["library/traffic", "/aws/traffic", "/SSM", "/library//traffic", "/library traffic"]) {
      project = createProject({ "library.proto": libraryProto, "grpc2lambda.yaml": configuration("sam", name) });
      const { exitCode, stderr } = await runCli(project.root, "generate");
      expect(exitCode, name).toBe(2);
      expect(stderr).toContain("expected the full name of a parameter such as /library/traffic");
      project.remove();
      project = undefined;
    }
  });
});
