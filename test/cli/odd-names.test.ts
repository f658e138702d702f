/** Names of protos, services and exports that file systems, bundlers or the language keep for themselves. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, expect, test } from "vitest";
import { windowsNameProblem } from "../../src/windows-names.js";
import { runCli } from "../support/run-cli.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";

let project: TemporaryProject;

afterEach(() => project.remove());

/** A service whose messages are in its own package. */
function proto(packageName: string, service: string, method: string): string {
  return `syntax = "proto3";
package ${packageName};
import "google/api/annotations.proto";
service ${service} {
  rpc ${method}(Request) returns (Request) { option (google.api.http) = { get: "/${packageName}/{name}" }; }
}
message Request { string name = 1; }
`;
}

/** Bundles all functions as they are deployed; gives their number. */
async function bundleFunctions(): Promise<number> {
  const folder = join(project.root, "gen/functions");
  const entries = readdirSync(folder).map((name) => join(folder, name));
  const { metafile } = await build({
    entryPoints: entries,
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
    outdir: "/out",
    metafile: true,
    logLevel: "silent",
  });
  return Object.keys(metafile.outputs).length;
}

test("protos named like patterns and devices are generated, bundled, and can be checked out on Windows", async () => {
  project = createProject({
    "*.proto": proto("star", "Star", "Get"),
    "x.proto": proto("plain", "Plain", "Get"),
    "CON.proto": proto("con", "Con", "Nul"),
    "aux/nul.proto": proto("aux", "Aux", "Com1"),
    "a?/b|c.proto": proto("marks", "Marks", "Get"),
    "a_/b_c.proto": proto("lines", "Lines", "Get"),
  });
  const names = ["*.proto", "x.proto", "CON.proto", "aux/nul.proto", "a?/b|c.proto", "a_/b_c.proto"];
  expect(await runCli(project.root, "generate", ...names)).toMatchObject({ exitCode: 0 });
  const paths = ["gen", "src"].flatMap((folder) =>
    readdirSync(join(project.root, folder), { recursive: true, encoding: "utf8" }),
  );
  const parts = new Set(paths.flatMap((path) => path.split("/")));
  expect([...parts].filter((part) => windowsNameProblem(part) !== undefined)).toEqual([]);
  expect(parts).toContain("CON_.ts");
  expect(await bundleFunctions()).toBeGreaterThan(6);
});

test("exports named like words of the language are imported under another name", async () => {
  const exports = ["class", "await", "default", "delete", "import", "libraryService"];
  const services = exports.map((_, index) => `s${index}.Service${index}`);
  project = createProject({
    ...Object.fromEntries(exports.map((_, index) => [`s${index}.proto`, proto(`s${index}`, `Service${index}`, "Get")])),
    "src/2-services.ts": `const service = { get: (call: { request: unknown }, done: (error: null, reply: unknown) => void) => done(null, call.request) };
export { ${exports.map((name) => `service as ${name}`).join(", ")} };
`,
    "grpc2lambda.yaml": [
      `protos: [${exports.map((_, index) => `s${index}.proto`).join(", ")}]`,
      "services:",
      ...services.map((name, index) => `  ${name}: { implementation: "./src/2-services.ts#${exports[index]}" }`),
      "",
    ].join("\n"),
  });
  expect(await runCli(project.root, "generate")).toMatchObject({ exitCode: 0 });
  expect(await bundleFunctions()).toBeGreaterThan(exports.length);
  const entry = (index: number): string => project.get(`gen/functions/service${index}-get.ts`);
  expect(entry(0)).toContain("import { class as class_ } from");
  expect(entry(1)).toContain("import { await as await_ } from");
  expect(entry(2)).toContain("import { default as Module2Services } from");
  expect(entry(5)).toContain("import { libraryService } from");
});
