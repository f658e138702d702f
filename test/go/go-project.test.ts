/** The Go module as text: what is found in it, and what is made of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { closedExpression } from "../../src/go/go-expression.js";
import { type GoProject, readGoProject } from "../../src/go/go-project.js";
import { argumentsOf, goFile } from "../../src/go/go-text.js";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function project(files: Readonly<Record<string, string>>): GoProject {
  const folder = mkdtempSync(join(tmpdir(), "g2l-go-"));
  folders.push(folder);
  for (const [path, text] of Object.entries({ "go.mod": "module example.com/library\n", ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const read = readGoProject({ folder, cwd: folder, outDir: "internal/lambda" });
  if (read === undefined) throw new Error("no module");
  return read;
}

const mainHead = `package main

import (
	"example.com/library/auth"
	"example.com/library/librarypb"
	sv "example.com/library/server"
	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"
)

`;

function mainOf(body: string): GoProject["main"] {
  return project({ "cmd/main.go": `${mainHead}func main() {\n${body}\n}\n` }).main;
}

describe("go.mod", () => {
  test.each([
    ["module example.com/a\n", "example.com/a", {}],
    ['module "example.com/a" // comment\nrequire x.y/z v1.2.3\n', "example.com/a", { "x.y/z": "v1.2.3" }],
    [
      "module a/b\nrequire (\n\tx.y/z v1.2.3 // indirect\n\tq.r/s/v2 v2.0.0-beta\n)\n",
      "a/b",
      { "x.y/z": "v1.2.3", "q.r/s/v2": "v2.0.0-beta" },
    ],
  ])("%j", (text, path, requires) => {
    const { module } = project({ "go.mod": text });
    expect([module.path, Object.fromEntries(module.requires)]).toEqual([path, requires]);
  });

  test("a file without a module line is none", () => {
    expect(() => project({ "go.mod": "go 1.25\n" })).toThrow("no module");
  });
});

describe("expressions that mean the same elsewhere", () => {
  const file = (expression: string) => goFile("main.go", "main.go", `${mainHead}var x = ${expression}\n`);
  const read = (expression: string) => {
    const source = file(expression);
    const start = source.text.indexOf("var x = ") + "var x = ".length;
    return closedExpression(source, { start, end: start + expression.length });
  };

  test.each<[expression: string, packages: string[]]>([
    ["sv.New()", ["example.com/library/server"]],
    ["sv.New(ctx)", ["example.com/library/server"]],
    [
      "&sv.Server{Name: \"main\", Auth: auth.New(true, 0x1f, 'a')}",
      ["example.com/library/server", "example.com/library/auth"],
    ],
    ['[]string{`raw local`, "local"}', []],
    ['runtime.WithMarshalerOption("*", &runtime.JSONPb{})', [gatewayRuntime(), gatewayRuntime()]],
  ])("%s", (expression, packages) => {
    const outcome = read(expression);
    if (!("parts" in outcome)) throw new Error(outcome.localName);
    expect(outcome.parts.flatMap((part) => (typeof part === "string" ? [] : [part.importPath]))).toEqual(packages);
    expect(outcome.parts.map((part) => (typeof part === "string" ? part : part.name)).join("")).toBe(expression);
  });

  test.each([
    ["sv.New(db)", "db"],
    ["newServer()", "newServer"],
    ["sv.Server{Name: name}", "name"],
    ["func() int { return 1 }", "func"],
    ["other.New()", "other"],
  ])("%s needs %s", (expression, localName) => {
    expect(read(expression)).toEqual({ localName });
  });

  function gatewayRuntime(): string {
    return "github.com/grpc-ecosystem/grpc-gateway/v2/runtime";
  }
});

describe("arguments", () => {
  test.each([
    ["f()", []],
    ["f(a, b)", ["a", "b"]],
    ["f(g(a, b), []int{1, 2}, func() { x(1, 2) },)", ["g(a, b)", "[]int{1, 2}", "func() { x(1, 2) }"]],
    ["f(a", ["a"].slice(1)],
  ])("%s", (code, expected) => {
    expect(argumentsOf(code, 1).map(({ start, end }) => code.slice(start, end))).toEqual(expected);
  });
});

describe("main packages", () => {
  test("an implementation is followed to where it is made", () => {
    const { implementations } = mainOf("\timpl, err := sv.New(ctx)\n\tlibrarypb.RegisterLibraryServiceServer(s, impl)");
    expect(implementations).toMatchObject([{ goName: "LibraryService", text: "sv.New(ctx)", returnsError: true }]);
    expect(implementations[0]?.expression).toBeDefined();
  });

  test("what only the package itself can make has no expression", () => {
    const { implementations } = mainOf("\tlibrarypb.RegisterLibraryServiceServer(s, newServer(db))");
    expect(implementations[0]).toMatchObject({
      text: "newServer(db)",
      location: { file: "cmd/main.go", line: 12, column: 12 },
    });
    expect(implementations[0]).not.toHaveProperty("expression");
  });

  test("a comment and a string register nothing", () => {
    const { implementations } = mainOf(
      '\t// librarypb.RegisterLibraryServiceServer(s, sv.New())\n\t_ = "RegisterLibraryServiceServer(s, x)"',
    );
    expect(implementations).toEqual([]);
  });

  test("interceptors, one by one and in chains, and in a list of options", () => {
    const main = mainOf(
      "\topts := []grpc.ServerOption{grpc.UnaryInterceptor(auth.Unary)}\n\topts = append(opts, grpc.ChainStreamInterceptor(auth.Stream, local))\n\ts := grpc.NewServer(opts...)",
    );
    expect(main.unaryInterceptors.map(({ text }) => text)).toEqual(["auth.Unary"]);
    expect(main.streamInterceptors.map(({ text, expression }) => [text, expression !== undefined])).toEqual([
      ["auth.Stream", true],
      ["local", false],
    ]);
  });

  test("options of the gateway", () => {
    const { muxOptions } = mainOf(
      "\tmux := runtime.NewServeMux(sv.Options()..., runtime.WithDisablePathLengthFallback())",
    );
    expect(muxOptions.map(({ text }) => text)).toEqual(["sv.Options()...", "runtime.WithDisablePathLengthFallback()"]);
  });

  test("local variables and lists of options of the gateway are followed", () => {
    const { unaryInterceptors, muxOptions } = mainOf(
      "\tlogger := grpc.UnaryInterceptor(auth.Log)\n\tgrpc.NewServer(logger)\n" +
        "\tjson := runtime.WithMarshalerOption(runtime.MIMEWildcard, &runtime.JSONPb{})\n" +
        "\topts := []runtime.ServeMuxOption{json}\n\topts = append(opts, sv.Header())\n\truntime.NewServeMux(opts...)",
    );
    expect(unaryInterceptors.map(({ text }) => text)).toEqual(["auth.Log"]);
    expect(muxOptions.map(({ text, expression }) => [text, expression !== undefined])).toEqual([
      ["runtime.WithMarshalerOption(runtime.MIMEWildcard, &runtime.JSONPb{})", true],
      ["sv.Header()", true],
    ]);
  });

  test("a variable of another function, or one that is made in two ways, is followed nowhere", () => {
    const { implementations } = mainOf(
      "\tif isTest {\n\t\timpl = sv.Fake()\n\t}\n\timpl = sv.New()\n\tlibrarypb.RegisterLibraryServiceServer(s, impl)\n}\n\n" +
        "func other() {\n\tlibrarypb.RegisterShelfServiceServer(s, impl)",
    );
    expect(implementations.map(({ text, expression }) => [text, expression])).toEqual([
      ["impl", undefined],
      ["impl", undefined],
    ]);
  });

  test("other options of the server", () => {
    const { serverOptions } = mainOf("\tgrpc.NewServer(grpc.StatsHandler(x), grpc.Creds(y), grpc.MaxRecvMsgSize(1))");
    expect(serverOptions.map(({ option }) => option)).toEqual(["StatsHandler", "Creds", "MaxRecvMsgSize"]);
  });
});

describe("packages that make a server for a main package", () => {
  const server = (body: string): string =>
    `${mainHead.replace("package main", "package serving")}func Run() {\n${body}\n}\n`;
  const registering =
    "\ts := grpc.NewServer(grpc.UnaryInterceptor(auth.Unary))\n\tlibrarypb.RegisterLibraryServiceServer(s, sv.New())";

  test("a package that registers a service, and one that registers its gateway", () => {
    const { main } = project({
      "serving/server.go": server(registering),
      "web/gateway.go": server(
        "\tmux := runtime.NewServeMux(sv.Json())\n\tlibrarypb.RegisterLibraryServiceHandler(ctx, mux, conn)",
      ),
    });
    expect(main.implementations.map(({ text }) => text)).toEqual(["sv.New()"]);
    expect(main.unaryInterceptors.map(({ text }) => text)).toEqual(["auth.Unary"]);
    expect(main.muxOptions.map(({ text }) => text)).toEqual(["sv.Json()"]);
  });

  test.each([
    ["of tests", "internal/testutil/server.go", ""],
    ["that generators write", "librarypb/wire.go", "// Code generated by wire. DO NOT EDIT.\n"],
  ])("packages %s make none", (_, path, above) => {
    expect(project({ [path]: above + server(registering) }).main).toMatchObject({
      implementations: [],
      unaryInterceptors: [],
    });
  });

  test("an interceptor that two servers share is one", () => {
    const { main } = project({ "a/a.go": server(registering), "b/b.go": server(registering) });
    expect(main.unaryInterceptors).toHaveLength(1);
  });
});

describe("declarations", () => {
  const { symbol } = (() => {
    const files = {
      "server/server.go": `package library

// func Commented() {}

func New(ctx context.Context) (*Server, error) {
	return nil, nil
}

func Short() *Server { return nil }

func None() {}

type Server struct{}

var Default = &Server{}

var (
	Options = []runtime.ServeMuxOption{}
)
`,
    };
    return project(files);
  })();
  const find = (name: string) => symbol({ importPath: "example.com/library/server", name });

  test.each([
    ["New", { kind: "function", parameters: "ctx context.Context", results: "(*Server, error)" }],
    ["Short", { kind: "function", parameters: "", results: "*Server" }],
    ["None", { kind: "function", parameters: "", results: "" }],
    ["Server", { kind: "type" }],
    ["Default", { kind: "variable", results: "&Server{}" }],
    ["Options", { kind: "variable", results: "[]runtime.ServeMuxOption{}" }],
    ["Commented", { kind: "missing", names: ["New", "Short", "None", "Server", "Default"] }],
  ])("%s", (name, expected) => {
    expect(find(name)).toMatchObject(expected);
  });

  test("a package that is not there", () => {
    expect(symbol({ importPath: "example.com/other", name: "New" })).toEqual({ kind: "unknown" });
  });
});
