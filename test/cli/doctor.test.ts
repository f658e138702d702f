/** `doctor` in projects that are well, and in projects with one thing wrong each. */
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const goProject = join(import.meta.dirname, "../../fixtures/go/library");

let project: TemporaryProject;

/** A project in which everything is as it should be, with programs of its own on the PATH. */
beforeEach(() => {
  project = createProject({
    "proto/library.proto": libraryProto,
    "grpc2lambda.yaml": "protos: [proto]\ninclude: [proto]\ndeployment: { frontDoor: rest-api }\n",
    "package.json": JSON.stringify({ dependencies: { "@grpc/grpc-js": "1" }, devDependencies: { typescript: "5" } }),
    ".gitattributes": "gen/** linguist-generated\n",
  });
  install("grpc2lambda", "0.1.0");
  install("@grpc/grpc-js", "1.14.0");
  install("typescript", "5.9.3");
  putProgram("sam", "SAM CLI, version 1.170.0");
  execFileSync("git", ["init", "--quiet", project.root]);
});

afterEach(() => project.remove());

function install(name: string, version: string): void {
  project.put(`node_modules/${name}/package.json`, JSON.stringify({ name, version }));
}

function putProgram(name: string, output: string): void {
  project.put(`programs/${name}`, `#!/bin/sh\necho '${output}'\n`);
  chmodSync(join(project.root, "programs", name), 0o755);
}

interface Health {
  readonly exitCode: number;
  readonly output: string;
  /** Lines of what is not well: state, name, text. */
  readonly trouble: readonly string[];
}

async function doctor(env: Readonly<Record<string, string>> = {}, ...flags: string[]): Promise<Health> {
  const defaults = {
    PATH: `${project.root}/programs`,
    HOME: project.root,
    AWS_PROFILE: "work",
    AWS_REGION: "eu-west-1",
  };
  const { terminal, stdout } = captureTerminal(project.root, { ...defaults, ...env });
  const exitCode = await run(["doctor", "--json", ...flags], terminal);
  const { checks } = JSON.parse(stdout()) as { checks: Record<"state" | "name" | "text" | "help", string>[] };
  for (const { state, help } of checks) if (state !== "ok") expect(help).toMatch(/\S/);
  const trouble = checks
    .filter(({ state }) => state !== "ok")
    .map(({ state, name, text }) => `${state} ${name}: ${text}`.replaceAll(project.root, "ROOT"));
  return { exitCode, output: stdout(), trouble };
}

async function command(...argv: string[]): Promise<void> {
  expect(await run(argv, captureTerminal(project.root).terminal)).toBe(0);
}

describe.skipIf(process.platform === "win32")("doctor", () => {
  test("a project that is well fits on one screen", async () => {
    await command("generate");
    await command("build");
    expect((await doctor()).trouble).toEqual([]);
    const { terminal, stdout } = captureTerminal(project.root, {
      PATH: `${project.root}/programs`,
      AWS_PROFILE: "work",
      AWS_REGION: "eu-west-1",
    });
    expect(await run(["doctor"], terminal)).toBe(0);
    expect(stdout().replaceAll(/\d+(\.\d+)*( kB)?/g, "N")).toBe(`versions
  ok       Node             N, expected N or later
  ok       grpcNlambda      N
  ok       esbuild          N
  ok       TypeScript       N
  ok       libraries        @grpc/grpc-js N
  ok       tools            sam N
project
  ok       configuration    grpcNlambda.yaml
  ok       protos           N file below proto, N imports that come with the tool; every import is there
limits
  ok       resources        N of at most N in template.yaml
  ok       template         N of at most N in template.yaml
  ok       routes           N of at most N of API Gateway REST API
  ok       functions        N, no limit
  ok       responses        at most N MB within N s
  ok       build/lambda/    N built, the largest library-service-merge-shelves with N of the N that Lambda takes
output
  ok       gen/             N files, up to date
git
  ok       generated files  are not ignored
  ok       .gitattributes   folds generated files in reviews
aws
  ok       credentials      AWS_PROFILE is set
  ok       region           eu-west-N
all is well
`);
  });

  const cases: readonly (readonly [string, () => void, number, readonly string[]])[] = [
    ["nothing generated", () => {}, 1, ["note build/lambda/: not built yet", "warning gen/: not generated yet"]],
    [
      "no configuration",
      () => project.put("grpc2lambda.yaml", ""),
      2,
      [
        "error configuration: grpc2lambda.yaml:1: CF005: no .proto files are named, expected some as arguments, under protos: in grpc2lambda.yaml, or --descriptor-set",
      ],
    ],
    [
      "a wrong setting",
      () => project.put("grpc2lambda.yaml", "protos: [proto]\ninclude: [proto]\nouut: gen\n"),
      2,
      ['error configuration: grpc2lambda.yaml:3: CF003: unknown key "ouut" (did you mean "out"?)'],
    ],
    [
      "a missing import",
      () => project.put("proto/library.proto", `import "other.proto";\nmessage M { Other other = 1; }\n`),
      2,
      ['error protos: proto/library.proto:1: PB015: found no file "other.proto" in the include paths'],
    ],
    [
      "ignored output",
      () => project.put(".gitignore", "gen\n"),
      1,
      [...notGenerated(), "warning generated files: ignored: gen/manifest.json"],
    ],
    [
      "packages that are not installed, and too old",
      () => {
        project.put("package.json", JSON.stringify({ dependencies: { "nice-grpc": "2" } }));
        install("typescript", "5.3.0-beta");
        install("grpc2lambda", "0.0.9");
      },
      1,
      [
        "warning grpc2lambda: 0.1.0, and the project has 0.0.9",
        "warning TypeScript: 5.3.0-beta, expected 5.4 or later for the generated code",
        "warning libraries: nice-grpc: in package.json, and not installed",
        ...notGenerated(),
      ],
    ],
    [
      "pairs that do not work",
      () => {
        project.put(
          "package.json",
          JSON.stringify({ dependencies: { "@connectrpc/connect": "2", "@bufbuild/protobuf": "1", grpc: "1" } }),
        );
        project.put("grpc2lambda.yaml", "protos: [proto]\ninclude: [proto]\nmessages: protobuf-es\n");
        install("@connectrpc/connect", "2.1.2");
        install("@bufbuild/protobuf", "1.10.0");
        install("grpc", "1.24.11");
      },
      1,
      [
        "warning libraries: @connectrpc/connect 2.1.2 needs @bufbuild/protobuf 2, and 1.10.0 is installed",
        "warning libraries: messages: protobuf-es are those of @bufbuild/protobuf 2, and 1.10.0 is installed",
        "warning libraries: grpc is no longer kept, and functions do not run its servers",
      ],
    ],
  ];

  test.each(cases)("%s", async (_, spoil, exitCode, trouble) => {
    spoil();
    const health = await doctor();
    expect(health.exitCode).toBe(exitCode);
    expect(health.trouble).toEqual(expect.arrayContaining(trouble.map((line) => expect.stringContaining(line))));
  });

  function notGenerated(): string[] {
    return ["note build/lambda/: not built yet", "warning gen/: not generated yet"];
  }

  test("stale files, and a budget that is exceeded", async () => {
    await command("generate");
    await command("build");
    project.put("proto/library.proto", libraryProto.replace("string name = 1;", "string name = 1; string more = 9;"));
    project.put("grpc2lambda.yaml", `${project.get("grpc2lambda.yaml")}build: { maxZipBytes: 1000 }\n`);
    const { exitCode, trouble } = await doctor();
    expect(exitCode).toBe(1);
    expect(trouble).toEqual([
      expect.stringMatching(
        /^warning build\/lambda\/: 3 built, the largest library-service-merge-shelves with \d+\.\d kB of the 1\.0 kB of build\.maxZipBytes$/,
      ),
      expect.stringMatching(
        /^warning gen\/: \d files not up to date: gen\/library\.http\.ts, gen\/library\.params\.ts, gen\/library\.ts and 2 more$/,
      ),
    ]);
  });

  test("programs that are missing or do not answer", async () => {
    putProgram("sam", "");
    expect((await doctor()).trouble[0]).toBe("note sam: is not on the PATH, and target sam is deployed with it");
    project.put("grpc2lambda.yaml", project.get("grpc2lambda.yaml").replace("rest-api", "rest-api, target: terraform"));
    expect((await doctor()).trouble[0]).toBe(
      "note terraform: is not on the PATH, and target terraform is deployed with it",
    );
    putProgram("terraform", "Terraform v1.11.4");
    expect((await doctor()).output).toContain('"terraform 1.11.4"');
    const { terminal, stdout } = captureTerminal(goProject, { PATH: "/nowhere" });
    expect(await run(["doctor", "--quiet"], terminal)).toBe(1);
    expect(stdout()).toContain("warning  go  is not on the PATH, and the functions are in Go\n");
  });

  test("keys, tokens and odd regions are not repeated", async () => {
    const secrets = {
      AWS_ACCESS_KEY_ID: "AKIAZZ",
      AWS_SECRET_ACCESS_KEY: "s3cr3t",
      AWS_SESSION_TOKEN: "t0k3n",
      AWS_PROFILE: "client-name",
    };
    const { output, trouble } = await doctor({ ...secrets, AWS_REGION: "s3cr3t\u001b[31m" });
    for (const secret of Object.values(secrets)) expect(output).not.toContain(secret);
    expect(output).toContain("AWS_ACCESS_KEY_ID is set");
    expect(trouble.at(-1)).toBe("warning region: AWS_REGION is no region, expected one such as eu-west-1");
    const { trouble: none } = await doctor({ AWS_PROFILE: "", AWS_REGION: "" });
    expect(none.slice(-2)).toEqual([
      "note credentials: none found, and only deploying needs them",
      "note region: not in the environment",
    ]);
  });

  test("--reach tries the services that handlers call", async () => {
    await command("generate");
    const dependencies =
      "dependencies:\n  stock: { address: stock.internal, tls: false }\n  prices: { address: { ref: Prices } }\n";
    project.put("grpc2lambda.yaml", `${project.get("grpc2lambda.yaml")}${dependencies}`);
    await command("generate");
    expect((await doctor()).trouble.join()).not.toContain("stock");
    const services = async (env = {}) =>
      (await doctor(env, "--reach")).trouble.filter((line) => /stock|prices/.test(line));
    expect(await services()).toEqual([
      'warning stock: stock.internal, address: found "stock.internal", expected host:port such as stock.internal:50051',
      "note prices: not tried, its address is said when deploying",
    ]);
    const server = createServer((socket) => void socket.end());
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const prices = await services({ STOCK_ADDRESS: `127.0.0.1:${port}`, PRICES_ADDRESS: "127.0.0.1:1" });
    server.close();
    expect(prices).toEqual(["warning prices: 127.0.0.1:1, connection: the connection is refused (ECONNREFUSED)"]);
  });
});
