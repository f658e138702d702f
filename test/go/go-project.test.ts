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

  test("other options of the server", () => {
    const { serverOptions } = mainOf("\tgrpc.NewServer(grpc.StatsHandler(x), grpc.Creds(y), grpc.MaxRecvMsgSize(1))");
    expect(serverOptions.map(({ option }) => option)).toEqual(["StatsHandler", "Creds", "MaxRecvMsgSize"]);
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
