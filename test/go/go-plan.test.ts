/** Projects in Go through the command line: what is found, what is refused, and that nothing of theirs is changed. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";

const fixture = join(import.meta.dirname, "../../fixtures/go/library");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "g2l-go-"));
  cpSync(fixture, folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

async function generate(config?: string): Promise<{ code: number; output: string }> {
  if (config !== undefined) writeFileSync(join(folder, "grpc2lambda.yaml"), config);
  const { terminal, stdout, stderr } = captureTerminal(folder);
  const code = await run(["generate"], terminal);
  return { code, output: stdout() + stderr() };
}

const read = (path: string): string => readFileSync(join(folder, path), "utf8");
const main = (): string => read("internal/lambda/main.go");

const head = "protos: [proto]\ninclude: [proto]\nlanguage: go\n";

test("the example is what the tool writes", async () => {
  const { terminal } = captureTerminal(folder);
  expect(await run(["check"], terminal)).toBe(0);
});

test("go.mod and the user's code stay as they are", async () => {
  const before = ["go.mod", "go.sum", "cmd/server/main.go"].map(read);
  expect(await generate()).toMatchObject({ code: 0 });
  expect(["go.mod", "go.sum", "cmd/server/main.go"].map(read)).toEqual(before);
});

describe("implementations", () => {
  test("a main package's own", async () => {
    expect(await generate(head)).toMatchObject({ code: 0 });
    expect(main()).toContain(
      "\t\t// The implementation is that of cmd/server/main.go.\n\t\tservice, err := server.New(ctx)\n",
    );
  });

  test("none: a first version, once", async () => {
    rmSync(join(folder, "cmd"), { recursive: true });
    expect(await generate(head)).toMatchObject({ code: 0 });
    expect(main()).toContain("service, err := libraryservice.NewLibraryService(ctx)");
    expect(read("internal/handlers/libraryservice/service.go")).toContain("package libraryservice\n");
    writeFileSync(join(folder, "internal/handlers/libraryservice/service.go"), "package libraryservice\n");
    await generate(head);
    expect(read("internal/handlers/libraryservice/service.go")).toBe("package libraryservice\n");
  });

  test("a type", async () => {
    await generate(
      `${head}services:\n  acme.library.v1.LibraryService: { implementation: example.com/library/internal/server.Server }\n`,
    );
    expect(main()).toContain("librarypb.RegisterLibraryServiceServer(conn, &server.Server{})");
  });
});

/** Generated code of the fixture again, under another package and as another version of the API. */
function addVersion(version: string, goPackage: string): void {
  const change = (text: string): string =>
    text
      .replaceAll("acme.library.v1", `acme.library.${version}`)
      .replaceAll("acme/library/v1", `acme/library/${version}`)
      .replaceAll("package librarypb", `package ${goPackage}`)
      .replaceAll("/v1/", `/${version}/`);
  mkdirSync(join(folder, `proto/acme/library/${version}`), { recursive: true });
  mkdirSync(join(folder, goPackage), { recursive: true });
  const proto = "proto/acme/library/v1/library.proto";
  writeFileSync(join(folder, proto.replace("v1", version)), change(read(proto)));
  for (const name of ["library.pb.go", "library.pb.gw.go", "library_grpc.pb.go"])
    writeFileSync(join(folder, goPackage, name), change(read(`librarypb/${name}`)));
}

describe("odd names", () => {
  test("two versions of a service are two implementations, and two packages of first versions", async () => {
    addVersion("v2", "librarypb2");
    expect(await generate(head)).toMatchObject({ code: 0 });
    expect(main()).toContain("service, err := server.New(ctx)");
    expect(main()).toContain("service, err := libraryservicev2.NewLibraryService(ctx)");
    rmSync(join(folder, "cmd"), { recursive: true });
    rmSync(join(folder, "internal/handlers"), { recursive: true });
    expect(await generate(head)).toMatchObject({ code: 0 });
    expect(main()).toContain("service, err := libraryservice.NewLibraryService(ctx)");
    expect(main()).toContain("service, err := libraryservicev2.NewLibraryService(ctx)");
    expect(read("internal/handlers/libraryservice/service.go")).toContain(
      "librarypb.UnimplementedLibraryServiceServer",
    );
    expect(read("internal/handlers/libraryservicev2/service.go")).toContain("package libraryservicev2\n");
  });

  test.each(["Type", "Main", "Internal", "Select", "Init"])("a service called %s", async (name) => {
    const names = ["library.pb.go", "library.pb.gw.go", "library_grpc.pb.go"].map((each) => `librarypb/${each}`);
    for (const path of ["proto/acme/library/v1/library.proto", ...names])
      writeFileSync(join(folder, path), read(path).replaceAll("LibraryService", name));
    rmSync(join(folder, "cmd"), { recursive: true });
    expect(await generate(head)).toMatchObject({ code: 0 });
    const path = `${name.toLowerCase()}pkg`;
    expect(read(`internal/handlers/${path}/service.go`)).toContain(`package ${path}\n`);
    expect(main()).toContain(`service, err := ${path}.New${name}(ctx)`);
  });

  test("a package named like a keyword, like a type, or otherwise than its folder", async () => {
    await generate(`${head}go: { packages: { acme.library.v1: example.com/apis/error } }\n`);
    expect(main()).toContain('\terror2 "example.com/apis/error"\n');
    await generate(`${head}go: { packages: { acme.library.v1: example.com/apis/library/v1 } }\n`);
    expect(main()).toContain('\tv1 "example.com/apis/library/v1"\n');
    await generate(`${head}go: { packages: { acme.library.v1: example.com/apis/2fa } }\n`);
    expect(main()).toContain('\tpkg2fa "example.com/apis/2fa"\n');
  });

  test("a variable that is called like a package is none", async () => {
    const path = "cmd/server/main.go";
    writeFileSync(
      join(folder, path),
      read(path)
        .replace("library, err := server.New(ctx)", "server, err := server.New(ctx)")
        .replace("Server(s, library)", "Server(s, server)"),
    );
    expect(await generate(head)).toMatchObject({ code: 0 });
    expect(main()).toContain("service, err := server.New(ctx)");
    writeFileSync(
      join(folder, path),
      read(path)
        .replace("Server(s, server)", "Server(s, wrap.With(auth))")
        .replace("s := grpc.NewServer(", "auth, wrap := 1, server\n\ts := grpc.NewServer("),
    );
    const { code, output } = await generate(head);
    expect([code, output]).toEqual([2, expect.stringContaining("GO006")]);
  });

  test("a folder with a line end in its name ends no comment", async () => {
    mkdirSync(join(folder, "cmd/a\nfunc init() {}//"));
    const path = "cmd/server/main.go";
    writeFileSync(join(folder, "cmd/a\nfunc init() {}//", "main.go"), read(path));
    rmSync(join(folder, path));
    expect(await generate(head)).toMatchObject({ code: 0 });
    expect(main()).toContain("// The implementation is that of cmd/a\\u000afunc init() {}/main.go.\n");
  });
});

describe("interceptors and options", () => {
  test("named ones go before a main package's", async () => {
    await generate(
      `${head}go:\n  unaryInterceptors: []\n  streamInterceptors: [example.com/library/internal/auth.Stream]\n`,
    );
    expect(main()).not.toContain("auth.Unary");
    expect(main()).toContain("[]grpc.StreamServerInterceptor{auth.Stream}");
  });

  test("lists, elements, and functions that give them", async () => {
    writeFileSync(
      join(folder, "internal/auth/more.go"),
      "package auth\n\nfunc All() []grpc.UnaryServerInterceptor { return nil }\n\nfunc Options() []runtime.ServeMuxOption {\n\treturn nil\n}\n\nfunc Wrap(h http.Handler) http.Handler {\n\treturn h\n}\n",
    );
    const auth = "example.com/library/internal/auth";
    await generate(
      `${head}go:\n  unaryInterceptors: [${auth}.All, ${auth}.Unary]\n  muxOptions: ${auth}.Options\n  middleware: ${auth}.Wrap\n`,
    );
    expect(main()).toContain("append([]grpc.UnaryServerInterceptor{auth.Unary}, auth.All()...)");
    expect(main()).toContain("runtime.NewServeMux(auth.Options()...)");
    expect(main()).toContain("Handler:  auth.Wrap(mux),");
  });

  test("one that cannot be taken over stops the run", async () => {
    const path = join(folder, "cmd/server/main.go");
    writeFileSync(path, readFileSync(path, "utf8").replace("(auth.Unary)", "(auth.Unary, local)"));
    expect(await generate(head)).toMatchObject({
      code: 2,
      output: expect.stringContaining("error GO007: local is not taken over"),
    });
  });
});

test.each([
  ["alb", "httpevent.ALB()"],
  ["http-api", "httpevent.HTTPAPI()"],
  ["rest-api", "httpevent.RestAPI()"],
  ["function-url", "httpevent.FunctionURL()"],
])("%s", async (door, made) => {
  expect(await generate(`${head}deployment: { frontDoor: ${door}, auth: none }\n`)).toMatchObject({ code: 0 });
  expect(main()).toContain(`Door:     ${made},`);
  const streams = door === "rest-api" || door === "function-url";
  expect(main().includes("function.StartStream(fn.InvokeStream)")).toBe(streams);
});

test("a name that two packages have", async () => {
  await generate(
    `${head}services:\n  acme.library.v1.LibraryService: { implementation: example.com/library/internal/server.New }\n`,
  );
  const lines = main().match(/^\t(?:\w+ )?"[^"]+"$/gm) ?? [];
  expect(new Set(lines).size).toBe(lines.length);
});
