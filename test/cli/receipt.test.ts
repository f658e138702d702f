/** A `check` by receipt answers as one that generates: whatever has changed since, it does not answer by it. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const page = 'syntax = "proto3";\npackage acme.page;\nmessage Page { int32 size = 1; }\n';
const proto = libraryProto
  .replace('import "google', 'import "common/page.proto";\nimport "google')
  .replace("string other = 2;", "string other = 2;\n  acme.page.Page page = 3;");

const service = `type: google.api.Service
config_version: 3
http:
  rules: [{ selector: acme.library.v1.LibraryService.GetShelf, get: "/v1/more/{name=shelves/*}" }]
`;

let project: TemporaryProject;
let original: Readonly<Record<string, string>>;

beforeAll(async () => {
  project = createProject({
    "grpc2lambda.yaml": "protos: [proto]\ninclude: [first, proto, deps]\nserviceConfig: service.yaml\n",
    "service.yaml": service,
    "proto/library.proto": proto,
    "deps/common/page.proto": page,
    "first/.keep": "",
  });
  await generate();
  original = {
    "gen/routes.json": project.get("gen/routes.json"),
    "gen/manifest.json": project.get("gen/manifest.json"),
  };
});
afterAll(() => project.remove());
afterEach(() => vi.useRealTimers());

async function cli(env: Readonly<Record<string, string>>, ...argv: readonly string[]) {
  const { terminal, stdout, stderr } = captureTerminal(project.root, env);
  const exitCode = await run(argv, terminal);
  return { exitCode, stdout: stdout(), stderr: stderr() };
}

const cache = (): { readonly XDG_CACHE_HOME: string } => ({ XDG_CACHE_HOME: join(project.root, ".cache") });

/** As if the files had been saved long before: what was saved while it ran would leave no receipt. */
async function generate(): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
  expect(await cli(cache(), "generate")).toMatchObject({ exitCode: 0, stderr: "" });
  vi.useRealTimers();
}

const receiptFolder = (): string => join(project.root, ".cache/grpc2lambda/receipts");

/** The path of the only receipt. */
function receipt(): string {
  const [name = "", ...others] = readdirSync(receiptFolder());
  expect(others).toEqual([]);
  return join(receiptFolder(), name);
}

/** A finding that only the receipt has shows whether it was used. */
function mark(): void {
  const content = JSON.parse(readFileSync(receipt(), "utf8"));
  const finding = { code: "PL004", severity: "warning", message: "by receipt" };
  writeFileSync(receipt(), JSON.stringify({ ...content, diagnostics: [finding] }));
}

/** What `check` says with receipts, which has to be what it says without; `used` tells whether a receipt did. */
async function checked(...flags: readonly string[]): Promise<{ readonly exitCode: number; readonly used: boolean }> {
  const text = readFileSync(receipt(), "utf8");
  mark();
  const used = (await cli(cache(), "check", ...flags)).stderr.includes("by receipt");
  writeFileSync(receipt(), text);
  const quick = await cli(cache(), "check", ...flags);
  expect(quick).toEqual(await cli({}, "check", ...flags));
  return { exitCode: quick.exitCode, used };
}

test("what is as it was needs no generation; a pipeline has no receipts", async () => {
  expect(await checked()).toEqual({ exitCode: 0, used: true });
  const text = readFileSync(receipt(), "utf8");
  mark();
  expect((await cli({ ...cache(), CI: "true" }, "check")).stderr).toBe("");
  writeFileSync(receipt(), text);
});

test("line ends and times are no change", async () => {
  project.put("proto/library.proto", proto.replaceAll("\n", "\r\n"));
  expect(await checked()).toEqual({ exitCode: 0, used: true });
  project.put("proto/library.proto", proto);
});

/** Changes with how to take them back, and the exit code of `check` after them. */
const changes: readonly (readonly [string, number, change: () => void, back: () => void])[] = [
  [
    "a proto",
    1,
    () => project.put("proto/library.proto", proto.replace("other", "third")),
    () => project.put("proto/library.proto", proto),
  ],
  [
    "a comment of a proto",
    1,
    () => project.put("proto/library.proto", proto.replace("// Shelves", "// All")),
    () => project.put("proto/library.proto", proto),
  ],
  [
    "an import",
    1,
    () => project.put("deps/common/page.proto", page.replace("size", "length")),
    () => project.put("deps/common/page.proto", page),
  ],
  [
    "a new proto",
    1,
    () => project.put("proto/new.proto", 'syntax = "proto3"; message New {}\n'),
    () => rm("proto/new.proto"),
  ],
  [
    "an import that another include path has first",
    1,
    () => project.put("first/common/page.proto", page.replace("size", "length")),
    () => rm("first/common"),
  ],
  ["an import that is gone", 2, () => move("deps/common", "elsewhere"), () => move("elsewhere", "deps/common")],
  [
    "a proto that is a link to the same text",
    0,
    () => link("proto/library.proto", "copy.proto"),
    () => unlink("proto/library.proto", "copy.proto"),
  ],
  ["the configuration", 1, () => config("deployment: { frontDoor: rest-api }\n"), () => config("")],
  ["a mistake in it", 2, () => config("nothing: 1\n"), () => config("")],
  [
    "the service configuration",
    1,
    () => project.put("service.yaml", service.replace("/v1/more/", "/v9/")),
    () => project.put("service.yaml", service),
  ],
  [
    "a generated file",
    1,
    () => project.put("gen/routes.json", "{}\n"),
    () => project.put("gen/routes.json", original["gen/routes.json"] ?? ""),
  ],
  [
    "a generated file that is gone",
    1,
    () => rm("gen/routes.json"),
    () => project.put("gen/routes.json", original["gen/routes.json"] ?? ""),
  ],
  [
    "a scaffold that is gone",
    1,
    () => move("src/handlers/library-service/get-shelf.ts", "aside.ts"),
    () => move("aside.ts", "src/handlers/library-service/get-shelf.ts"),
  ],
  [
    "a file that nothing makes",
    1,
    () => project.put("gen/more.ts", "// Code generated by grpc2lambda from a.proto. DO NOT EDIT.\n"),
    () => rm("gen/more.ts"),
  ],
  [
    "the manifest",
    1,
    () =>
      project.put(
        "gen/manifest.json",
        (original["gen/manifest.json"] ?? "").replace('"abiVersion": 1', '"abiVersion": 0'),
      ),
    () => project.put("gen/manifest.json", original["gen/manifest.json"] ?? ""),
  ],
];
const path = (name: string): string => join(project.root, name);
const rm = (name: string): void => rmSync(path(name), { recursive: true });
const move = (from: string, to: string): void => renameSync(path(from), path(to));
const config = (more: string): void =>
  project.put(
    "grpc2lambda.yaml",
    `protos: [proto]\ninclude: [first, proto, deps]\nserviceConfig: service.yaml\n${more}`,
  );
function link(name: string, target: string): void {
  move(name, target);
  symlinkSync(path(target), path(name));
}
function unlink(name: string, target: string): void {
  rm(name);
  move(target, name);
}

test.each(changes)("%s", async (_, exitCode, change, back) => {
  change();
  expect(await checked()).toEqual({ exitCode, used: false });
  back();
  expect(await checked()).toEqual({ exitCode: 0, used: true });
});

test("another flag of the command line", async () => {
  expect(await checked("--front-door", "rest-api")).toEqual({ exitCode: 1, used: false });
});

test("files that were saved while it ran, and existing implementations, leave no receipt", async () => {
  rmSync(receipt());
  project.put("proto/library.proto", proto);
  expect(await cli(cache(), "generate")).toMatchObject({ exitCode: 0 });
  expect(readdirSync(receiptFolder())).toEqual([]);
  project.put("library.js", "export const library = {};\n");
  config("services: { acme.library.v1.LibraryService: { implementation: ./library.js#library } }\n");
  await generate();
  expect(readdirSync(receiptFolder())).toEqual([]);
});

test.each(["", "{}", "null", '{"request":1,"seen":1,"made":1}'])("a receipt that holds %j is none", async (text) => {
  config("");
  await generate();
  writeFileSync(receipt(), text);
  expect(await cli(cache(), "check")).toEqual(await cli({}, "check"));
  mkdirSync(join(receiptFolder(), "folder"));
  rmSync(receiptFolder(), { recursive: true });
});
