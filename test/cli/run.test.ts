/** The commands through `run`, on real folders. */
import { readdirSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { carriesBanner } from "../../src/output/generated-content.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { snapshotFolder } from "../support/snapshot-folder.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

let project: TemporaryProject;

beforeEach(() => {
  project = createProject({
    "proto/library.proto": libraryProto,
    "grpc2lambda.yaml": "protos: [proto]\ninclude: [proto]\n",
  });
});

afterEach(() => project.remove());

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function grpc2lambda(
  line: string,
  env: Readonly<Record<string, string>> = {},
  cwd = project.root,
  isTTY = false,
): Promise<Outcome> {
  const { terminal, stdout, stderr } = captureTerminal(cwd, env, isTTY);
  const exitCode = await run(
    line.split(" ").filter((word) => word !== ""),
    terminal,
  );
  return { exitCode, stdout: stdout(), stderr: stderr() };
}

/** Generates without a word on stderr. */
async function generate(): Promise<string> {
  const { exitCode, stdout, stderr } = await grpc2lambda("generate");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout;
}

const withoutMerge = libraryProto.replace(/ {2}\/\/ Moves[\s\S]*?\n {2}}\n/, "");
const broken = libraryProto.replace("{name=shelves/*}", "{nam=shelves/*}");

const emptySegments =
  "empty segments   404 for 1 of 2 RPCs (GET /v1/shelves/), where grpc-gateway finds them; see deployment.unrouted\n";

describe("generate", () => {
  test("says what it did, first time, again, and after a change", async () => {
    const files = (text: string): string => text.replace(/\d+ files/, "N files").replaceAll(/\d+ new\b/g, "N new");
    expect(files(await generate())).toBe(
      `library.proto   1 service, 2 methods, 2 bindings
gen/             N files: N new
src/handlers/    N new: library-service/get-shelf.ts, library-service/merge-shelves.ts
template.yaml    new
limits           100 requests a second and 200 at once for each route, 429 beyond: ThrottlingRateLimit, ThrottlingBurstLimit
${emptySegments}`,
    );
    expect(files(await generate())).toBe(
      `library.proto   1 service, 2 methods, 2 bindings
gen/             N files, unchanged
template.yaml    unchanged
${emptySegments}`,
    );
    project.put("proto/library.proto", withoutMerge);
    expect(files(await generate())).toMatch(
      /^library\.proto {3}1 service, 1 method, 1 binding\ngen\/ {12}N files: \d+ changed, \d+ removed\nsrc\/handlers\/ {3}1 no longer asked for, yours to delete: library-service\/merge-shelves\.ts\ntemplate\.yaml {3}changed: 2 functions removed\nlimits .*\n$/,
    );
    project.put("proto/library.proto", libraryProto);
    expect(await generate()).toContain("template.yaml    changed: 2 functions added\n");
    project.put("grpc2lambda.yaml", `${project.get("grpc2lambda.yaml")}\ndeployment: { unrouted: function }\n`);
    expect(await generate()).not.toContain("empty segments");
  });

  test("--json names the RPCs that empty segments do not reach", async () => {
    const losses = [{ method: "acme.library.v1.LibraryService.GetShelf", example: "GET /v1/shelves/" }];
    expect(JSON.parse((await grpc2lambda("generate --json")).stdout).emptySegments).toEqual(losses);
    expect(JSON.parse((await grpc2lambda("inspect --json plan")).stdout).emptySegments).toEqual(losses);
  });

  test("offers the lines that fold generated files in reviews, once, in a repository", async () => {
    const offer = "  gen/** linguist-generated\n  template.yaml linguist-generated\n";
    expect(await generate()).not.toContain(offer);
    for (const path of ["gen", "src", "template.yaml"]) rmSync(join(project.root, path), { recursive: true });
    project.put(".git/HEAD", "ref: refs/heads/main\n");
    expect(await generate()).toContain(`add to .gitattributes:\n${offer}`);
    expect(await generate()).not.toContain(offer);
    rmSync(join(project.root, "gen"), { recursive: true });
    project.put(".gitattributes", offer);
    expect(await generate()).not.toContain(offer);
  });

  test("every generated file says so, and can be recognised without the manifest", async () => {
    await generate();
    const paths = Object.keys(JSON.parse(project.get("gen/manifest.json")).files);
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !carriesBanner(path, project.get(path), "gen"))).toEqual([]);
    unlinkSync(join(project.root, "gen/manifest.json"));
    project.put("proto/library.proto", withoutMerge);
    const refused = await grpc2lambda("generate");
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("error OU010: ") });
    expect(refused.stderr).not.toContain("OU002");
    expect(await grpc2lambda("generate --force")).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("a second run touches nothing", async () => {
    await generate();
    const before = snapshotFolder(project.root);
    await generate();
    expect(snapshotFolder(project.root)).toEqual(before);
  });

  test("never touches a handler that exists, and removes what nothing makes any more", async () => {
    await generate();
    project.put("src/handlers/library-service/get-shelf.ts", "mine\n");
    project.put("proto/library.proto", withoutMerge);
    await generate();
    expect(project.get("src/handlers/library-service/get-shelf.ts")).toBe("mine\n");
    expect(readdirSync(join(project.root, "gen/functions"))).toEqual(["library-service-get-shelf.ts"]);
    expect(readdirSync(join(project.root, "src/handlers/library-service"))).toContain("merge-shelves.ts");
  });

  test("--force gives up an edit by hand; nothing else does", async () => {
    await generate();
    const text = project.get("gen/routes.json");
    project.put("gen/routes.json", `${text}// mine\n`);
    const refused = await grpc2lambda("generate");
    expect(refused.exitCode).toBe(2);
    expect(refused.stdout).toBe("");
    expect(refused.stderr).toContain("gen/routes.json:1:1 error OU003: ");
    expect(project.get("gen/routes.json")).toContain("// mine");
    expect((await grpc2lambda("generate --force")).exitCode).toBe(0);
    expect(project.get("gen/routes.json")).toBe(text);
  });

  test("a finding comes with its source on stderr, and nothing is written", async () => {
    project.put("proto/library.proto", broken);
    const before = snapshotFolder(project.root);
    const { exitCode, stdout, stderr } = await grpc2lambda("generate");
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /^proto\/library\.proto:11:\d+ error HR\d+: .*"nam".*\n {3}11 \| {5}option \(google\.api\.http\)/,
    );
    expect(stderr).toMatch(/\n1 error\n$/);
    expect(snapshotFolder(project.root)).toEqual(before);
  });

  test.each([
    ["a missing file", "generate nowhere.proto"],
    ["a syntax error", "generate broken.proto"],
    ["a missing import", "generate import.proto"],
    ["a missing descriptor set", "generate --descriptor-set image.binpb"],
    ["a damaged descriptor set", "generate --descriptor-set broken.proto"],
    ["a service that is not there", "generate --service acme.library.v1.Libary"],
  ])("%s is bad input and leaves the disk as it was", async (_, line) => {
    project.put("broken.proto", 'syntax = "proto3";\nmessage {');
    project.put("import.proto", 'syntax = "proto3";\nimport "nowhere.proto";');
    const before = snapshotFolder(project.root);
    const { exitCode, stdout, stderr } = await grpc2lambda(line);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/error (PB|MD|PL)\d{3}: /);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(snapshotFolder(project.root)).toEqual(before);
  });

  test("a name in the configuration that the protos don't have is shown where it stands", async () => {
    project.put(
      "grpc2lambda.yaml",
      "protos: [proto]\ninclude: [proto]\nonly: [acme.library.v1.LibaryService]\nanyTypes: [acme.library.v1.Shelff]\nservices:\n  acme.Other: {}\n",
    );
    const { exitCode, stderr } = await grpc2lambda("generate");
    expect(exitCode).toBe(2);
    expect(stderr.split("\n").filter((line) => / error /.test(line))).toEqual([
      'grpc2lambda.yaml:3:8 error PL001: service "acme.library.v1.LibaryService" is not declared in the given files (did you mean "acme.library.v1.LibraryService"?)',
      'grpc2lambda.yaml:4:12 error PL002: "acme.library.v1.Shelff" is not a message of the loaded files (did you mean "acme.library.v1.Shelf"?)',
      'grpc2lambda.yaml:6:3 error PL001: service "acme.Other" is not declared in the given files',
    ]);
  });

  test("an RPC that streams its requests can be skipped, and what to skip must exist", async () => {
    const name = "acme.library.v1.LibraryService.MergeShelves";
    project.put("proto/library.proto", libraryProto.replace("(MergeShelvesRequest)", "(stream MergeShelvesRequest)"));
    const refused = await grpc2lambda("generate");
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain(`(--skip ${name})`);
    const { exitCode, stderr } = await grpc2lambda(`generate --skip ${name}`);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("proto/library.proto:14:7 info HR029: MergeShelves is skipped");
    const { routes } = JSON.parse(project.get("gen/routes.json"));
    expect(routes.map((route: { readonly rpc: string }) => route.rpc)).toEqual([
      "acme.library.v1.LibraryService/GetShelf",
    ]);
    expect(readdirSync(join(project.root, "src/handlers/library-service"))).toEqual(["get-shelf.ts"]);
    project.put("grpc2lambda.yaml", `protos: [proto]\ninclude: [proto]\nskip: [${name}s]\n`);
    const misspelt = await grpc2lambda("generate");
    expect(misspelt.exitCode).toBe(2);
    expect(misspelt.stderr).toContain(`grpc2lambda.yaml:3:8 error HR028: skip names "${name}s"`);
    expect(misspelt.stderr).toContain(`did you mean "${name}"?`);
  });

  test("--json is one document, with findings and files", async () => {
    const { stdout, stderr } = await grpc2lambda("generate --json");
    expect(stderr).toBe("");
    const { diagnostics, files } = JSON.parse(stdout);
    expect(diagnostics).toEqual([]);
    expect(files).toContainEqual({ path: "gen/manifest.json", ownership: "generated", state: "new" });
    expect(files).toContainEqual({
      path: "src/handlers/library-service/get-shelf.ts",
      ownership: "user",
      state: "new",
    });
    project.put("proto/library.proto", broken);
    const failed = JSON.parse((await grpc2lambda("generate --json")).stdout);
    expect(failed.files).toEqual([]);
    expect(failed.diagnostics).toMatchObject([
      { severity: "error", location: { file: "proto/library.proto", line: 11 } },
    ]);
  });
});

describe("the same input gives the same bytes", () => {
  /** Everything below gen, handlers and template by content. */
  function output(root: string): Record<string, string> {
    const entries = Object.entries(snapshotFolder(root)).map(([path, text]) => [path, text.replace(/^\S+ \S+ /, "")]);
    return Object.fromEntries(entries.filter(([path = ""]) => /^(gen|src|template)/.test(path)));
  }

  test.each([
    [
      "from above, through --config",
      (root: string) => ({ cwd: join(root, ".."), line: `generate --config ${root}/grpc2lambda.yaml` }),
    ],
    ["from below", (root: string) => ({ cwd: join(root, "proto"), line: "generate --config ../grpc2lambda.yaml" })],
    [
      "with flags instead of the configuration",
      (root: string) => ({ cwd: root, line: "generate --config empty.yaml proto/library.proto -I proto" }),
    ],
    [
      "with absolute paths",
      (root: string) => ({ cwd: root, line: `generate --config empty.yaml ${root}/proto -I ${root}/proto` }),
    ],
    ["through a link", (root: string) => ({ cwd: `${root}-link`, line: "generate" })],
  ])("%s", async (_, spell) => {
    await generate();
    const expected = output(project.root);
    const other = createProject({
      "proto/library.proto": libraryProto,
      "grpc2lambda.yaml": "protos: [proto]\ninclude: [proto]\n",
      "empty.yaml": "",
    });
    symlinkSync(other.root, `${other.root}-link`);
    const { cwd, line } = spell(other.root);
    expect(await grpc2lambda(line, {}, cwd)).toMatchObject({ exitCode: 0, stderr: "" });
    expect(output(other.root)).toEqual(expected);
    expect(JSON.stringify(expected)).not.toContain(project.root);
    unlinkSync(`${other.root}-link`);
    other.remove();
  });
});

describe("check", () => {
  test("is clean after generate, and writes nothing", async () => {
    await generate();
    const before = snapshotFolder(project.root);
    const { exitCode, stdout, stderr } = await grpc2lambda("check");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/^\d+ generated files, all up to date\n$/);
    expect(snapshotFolder(project.root)).toEqual(before);
  });

  test("names everything that is not as it should be, and what to run", async () => {
    await generate();
    project.put("proto/library.proto", withoutMerge);
    unlinkSync(join(project.root, "gen/functions/library-service-get-shelf.ts"));
    project.put("gen/routes.json", `${project.get("gen/routes.json")}// mine\n`);
    const before = snapshotFolder(project.root);
    const { exitCode, stdout } = await grpc2lambda("check");
    expect(exitCode).toBe(1);
    const lines = stdout.split("\n").map((line) => line.replaceAll(/ {2,}/g, "  "));
    expect(lines).toEqual(
      expect.arrayContaining([
        "gen/functions/library-service-get-shelf.ts  missing  was generated, and is gone",
        "gen/functions/library-service-merge-shelves.ts  left over nothing makes it any more; library.proto changed",
        "gen/library.json.ts  stale  library.proto changed",
        "gen/routes.json  edited  changed by hand",
        "src/handlers/library-service/merge-shelves.ts  orphan  yours to delete",
        "template.yaml  stale  library.proto changed",
        "Run `npx grpc2lambda generate --force` and commit the result.",
        "That gives up the changes made by hand: first move them to where they come from.",
        "Delete the orphans, or move out what you want to keep: no function calls them.",
      ]),
    );
    expect(snapshotFolder(project.root)).toEqual(before);
    await grpc2lambda("generate --force");
    expect((await grpc2lambda("check")).stdout).toBe(
      "src/handlers/library-service/merge-shelves.ts   orphan    yours to delete\n" +
        "Delete the orphans, or move out what you want to keep: no function calls them.\n",
    );
    unlinkSync(join(project.root, "src/handlers/library-service/merge-shelves.ts"));
    expect((await grpc2lambda("check")).exitCode).toBe(0);
  });

  test("before the first generate everything is missing, and the advice repeats the flags", async () => {
    rmSync(join(project.root, "grpc2lambda.yaml"));
    const { exitCode, stdout } = await grpc2lambda("check proto -I proto --report text --out a'b");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^template\.yaml +missing +not generated yet$/m);
    expect(stdout).toContain("Run `npx grpc2lambda generate proto -I proto --out 'a'\\''b'` and commit the result.\n");
  });

  test("a changed setting is stale without a changed input", async () => {
    await generate();
    const { exitCode, stdout } = await grpc2lambda("check --memory-size 1024");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^template\.yaml +stale +the settings or grpc2lambda itself changed$/m);
  });

  test("--json", async () => {
    await generate();
    expect(JSON.parse((await grpc2lambda("check --json")).stdout)).toEqual({ diagnostics: [], files: [], advice: [] });
    unlinkSync(join(project.root, "template.yaml"));
    expect(JSON.parse((await grpc2lambda("check --json")).stdout)).toEqual({
      diagnostics: [],
      files: [{ path: "template.yaml", state: "missing", label: "missing", reason: "was generated, and is gone" }],
      advice: ["Run `npx grpc2lambda generate` and commit the result."],
    });
  });

  test("annotates in GitHub Actions, unless told otherwise", async () => {
    await generate();
    unlinkSync(join(project.root, "template.yaml"));
    const annotated = await grpc2lambda("check", { GITHUB_ACTIONS: "true" });
    expect(annotated.exitCode).toBe(1);
    expect(annotated.stdout).toBe(
      "::error file=template.yaml,title=missing::missing: was generated, and is gone%0ARun `npx grpc2lambda generate` and commit the result.\n",
    );
    expect((await grpc2lambda("check --report text", { GITHUB_ACTIONS: "true" })).stdout).not.toContain("::");
  });

  test("bad input is 2, not 1", async () => {
    project.put("proto/library.proto", broken);
    expect((await grpc2lambda("check")).exitCode).toBe(2);
  });
});

describe("a stack per service in one folder", () => {
  const services = ["A", "B"].map((name) => {
    return `service ${name} { rpc Get(M) returns (M) { option (google.api.http) = { get: "/v1/${name.toLowerCase()}/{name=x/*}" }; } }`;
  });
  const text = `syntax = "proto3"; package acme.v1; import "google/api/annotations.proto"; message M { string name = 1; } ${services.join(" ")}`;

  test("keeps the other's output with --out and --template of its own, as the advice says", async () => {
    project.put("proto/library.proto", text);
    const flagsOf = (name: string): string => `--service acme.v1.${name} --out gen/${name} --template ${name}.yaml`;
    for (const name of ["A", "B"]) {
      const { stdout, stderr } = await grpc2lambda(`generate ${flagsOf(name)}`);
      expect(stderr).toBe("");
      expect(stdout).toMatch(/^library.proto {3}1 service, 1 method, 1 binding\n/);
      expect(stdout).not.toMatch(/removed|yours to delete/);
    }
    for (const name of ["A", "B"]) expect((await grpc2lambda(`check ${flagsOf(name)}`)).exitCode).toBe(0);
  });
});

test("generate says what the table of types for Any takes, where it is more than a page", async () => {
  const event = libraryProto.replace("message Shelf {", "message Shelf {\n  google.protobuf.Any detail = 9;");
  const imports = event.replace('import "google/api', 'import "google/protobuf/any.proto";\nimport "google/api');
  project.put("proto/library.proto", imports);
  expect((await grpc2lambda("generate")).stdout).not.toContain("google.protobuf.Any");
  const many = Array.from({ length: 200 }, (_, i) => `message Event${i} { string name = 1; int64 day = 2; }\n`);
  project.put("proto/library.proto", imports + many.join(""));
  expect((await grpc2lambda("generate")).stdout).toMatch(
    /^google\.protobuf\.Any +20\d types, \d+ kB in each function/m,
  );
});

describe("inspect", () => {
  test("shows a table", async () => {
    project.put(
      "proto/library.proto",
      libraryProto.replace("service LibraryService {", "service LibraryService {\n  rpc Ping(Shelf) returns (Shelf);"),
    );
    const { exitCode, stdout, stderr } = await grpc2lambda("inspect");
    expect(exitCode).toBe(0);
    expect(stderr).toContain(" info HR017: ");
    expect(stdout).toBe(
      `acme.library.v1.LibraryService   library.proto
  Ping          unary  -     no http rule
  GetShelf      unary  GET   /v1/{name=shelves/*}                                   library-service-get-shelf
  MergeShelves  unary  POST  /v1/{name=shelves/*}:merge (door: /v1/shelves/{name})  library-service-merge-shelves

requests that match no RPC: unrouted
empty segments: 404 for 1 of 2 RPCs (GET /v1/shelves/), where grpc-gateway finds them; see deployment.unrouted
1 service, 2 RPCs, 2 bindings, 3 functions
`,
    );
    const line =
      "large payloads: responses over what the front door takes become a redirect, requests can be uploaded; up to 33554432 bytes, through S3";
    project.put("grpc2lambda.yaml", `${project.get("grpc2lambda.yaml")}deployment: { largePayloads: true }\n`);
    expect((await grpc2lambda("inspect")).stdout).toContain(`\n${line}\n`);
    expect((await grpc2lambda("inspect --bind-unbound")).stdout).toMatch(
      /Ping +unary +POST +\/acme\.library\.v1\.LibraryService\/Ping +library-service-ping/,
    );
  });

  test("compares the front doors", async () => {
    const { exitCode, stdout } = await grpc2lambda("inspect --doors");
    expect(exitCode).toBe(0);
    expect(
      stdout,
    ).toBe(`                        http-api                    rest-api                    alb                                   function-url
RPCs that lose nothing  2 of 2                      2 of 2                      2 of 2                                2 of 2
functions               3                           3                           3                                     1
routes of at most       3 of 300                    5 of 300                    3 of 100                              none
sizes                   6 MB each way               6 MB, 200 MB streamed       1 MB each way                         6 MB, 200 MB streamed
time                    30 s                        29 s, 900 s streamed        60 s, raisable                        900 s
streaming               no                          yes                         no                                    yes
authentication          IAM, JWT, Lambda            IAM, Cognito, Lambda        JWT, OIDC, Cognito                    IAM
private access          no                          no                          internal                              no
firewall                no                          WAF, attached by you        WAF, attached by you                  no
price                   $1.00 per million requests  $3.50 per million requests  $16 a month and $6 per capacity unit  free

alb  not with these settings: deployment.auth is iam, which an Application Load Balancer cannot check: expected jwt, cognito, oidc or none

Take http-api:
  all 2 RPCs keep everything
  rest-api would do as well ($3.50 per million requests)
  function-url would do as well (free)
  set deployment.frontDoor to http-api, or pass --front-door http-api
`);
    const compared = JSON.parse((await grpc2lambda("inspect --doors --json --auth none")).stdout);
    expect(compared.recommended).toBe("http-api");
    expect(compared.doors.map((door: { obstacles: string[] }) => door.obstacles)).toEqual([[], [], [], []]);
  });

  test("prints the model and the plan as JSON, and writes nothing", async () => {
    const before = snapshotFolder(project.root);
    const model = JSON.parse((await grpc2lambda("inspect --json")).stdout);
    const file = model.files.find((candidate: { target: boolean }) => candidate.target);
    expect(file.services[0].methods[0]).toMatchObject({
      name: "GetShelf",
      comment: expect.stringContaining("Returns a shelf."),
    });
    const plan = JSON.parse((await grpc2lambda("inspect --json plan")).stdout);
    expect(plan.routes[0]).toEqual({
      method: "acme.library.v1.LibraryService.GetShelf",
      binding: 0,
      httpMethod: "GET",
      template: "/v1/{name=shelves/*}",
      routeKey: { httpMethod: "GET", path: "/v1/shelves/{name}", precision: "exact" },
      functionId: "library-service-get-shelf",
    });
    expect(snapshotFolder(project.root)).toEqual(before);
  });
});

describe("the terminal", () => {
  test.each([
    ["a pipe", {}, false, false],
    ["a terminal", {}, true, true],
    ["a dumb terminal", { TERM: "dumb" }, true, false],
    ["NO_COLOR on a terminal", { NO_COLOR: "1" }, true, false],
    ["an empty NO_COLOR on a terminal", { NO_COLOR: "" }, true, true],
    ["FORCE_COLOR on a pipe", { FORCE_COLOR: "1" }, false, true],
    ["FORCE_COLOR=0 on a terminal", { FORCE_COLOR: "0" }, true, false],
    ["NO_COLOR against FORCE_COLOR", { NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  ])("%s", async (_, env, isTTY, colored) => {
    project.put("proto/library.proto", broken);
    const { stderr } = await grpc2lambda("check", env, project.root, isTTY);
    expect(stderr.includes("\u001b[31m")).toBe(colored);
  });

  test("progress is shown on a terminal only, and is gone at the end", async () => {
    const { stderr } = await grpc2lambda("inspect", {}, project.root, true);
    expect(stderr).toContain("reading .proto files …");
    expect(stderr.endsWith("\r\u001b[K")).toBe(true);
    expect((await grpc2lambda("inspect")).stderr).toBe("");
  });
});

describe("the command line", () => {
  test.each([
    ["", "Usage: grpc2lambda"],
    ["genrate", "(Did you mean generate?)"],
    ["generate --outt x", "(Did you mean --out?)"],
    ["generate --auth open", "Allowed choices are iam, jwt, cognito, lambda, oidc, none."],
    ["generate --timeout 0", "Expected a whole number from 1 to 900."],
    ["generate --timeout 1e2", "Expected a whole number from 1 to 900."],
    ["generate --memory-size", "argument missing"],
    ["generate --log-retention-days 2", "Expected one of 1, 3, 5,"],
    ["generate --api-name A_b", "Expected lower-case words joined by hyphens"],
    ["inspect --json yaml", "Allowed choices are model, plan."],
  ])("%j is refused with 2", async (line, text) => {
    const { exitCode, stdout, stderr } = await grpc2lambda(line);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(text);
  });

  test("a bug in the tool is 3, with a stack and without the environment", async () => {
    const { terminal, stderr } = captureTerminal(project.root, { TOKEN: "secret" });
    const failing = {
      ...terminal,
      uninterrupted: () => {
        throw new TypeError("boom");
      },
    };
    expect(await run(["generate"], failing)).toBe(3);
    expect(stderr()).toMatch(/^grpc2lambda ran into a bug of its own\./);
    expect(stderr()).toContain("TypeError: boom\n    at ");
    expect(stderr()).not.toContain("secret");
  });
});
