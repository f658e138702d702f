/** The build settings of functions with existing code: CommonJS bundles, and stand-ins for the packages of a captured server. */
import { expect, test } from "vitest";
import { renderDeployment } from "./render-deployment.js";
import type { ServiceOptions } from "../../src/plan/plan-options.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { libraryProto } from "../support/temporary-project.js";
import { parseTemplate } from "../support/validate-template.js";

/** The build properties of the functions, by the extension of their bundle. */
function build(options: ServiceOptions): Record<string, object> {
  const plan = planFromProto(libraryProto, { services: { "acme.library.v1.LibraryService": options } });
  const [file] = renderDeployment({ ...plan, build: { ...plan.build, by: "sam" } });
  const { Resources } = parseTemplate(file?.content ?? "");
  const built = Object.entries(Resources).flatMap(([id, { Metadata }]) => {
    const properties = (Metadata as { BuildProperties?: Record<string, unknown> } | undefined)?.BuildProperties;
    const { Format, OutExtension, Alias, Define } = properties ?? {};
    return properties === undefined ? [] : [[id, { Format, OutExtension, Alias, Define }] as const];
  });
  return Object.fromEntries(built);
}

const esm = { Format: "esm", OutExtension: [".js=.mjs"] };
const cjs = { Format: "cjs", OutExtension: [".js=.cjs"], Define: ["import.meta.url=moduleUrlOfBanner"] };
const Alias = [
  "@grpc/grpc-js=./gen/runtime/captured-server/grpc-js.ts",
  "@grpc/grpc-js/package.json=./gen/runtime/captured-server/grpc-js-package.ts",
  "@grpc/proto-loader=./gen/runtime/captured-server/proto-loader.ts",
];

const connectAlias = ["node", "fastify", "express"].map(
  (name) => `@connectrpc/connect-${name}=./gen/runtime/connect/connect-${name}.ts`,
);

test.each<[string, ServiceOptions, object]>([
  ["functions", {}, esm],
  ["an object in an ES module", { grpcJs: { module: "src/x", exportName: "x" } }, esm],
  ["an object in CommonJS", { grpcJs: { module: "src/x", exportName: "x" }, system: "commonjs" }, cjs],
  ["a server in an ES module", { server: { file: "server.js" } }, { ...esm, Alias }],
  ["a server in CommonJS", { server: { file: "server.js" }, system: "commonjs" }, { ...cjs, Alias }],
  [
    "a server of Connect",
    { server: { file: "server.ts", bridge: true, connect: "server" } },
    { ...esm, Alias: connectAlias },
  ],
  ["a function of Connect's router", { server: { file: "a.ts", start: "a", bridge: true, connect: "routes" } }, esm],
  ["an object for nice-grpc", { niceGrpc: { module: "src/x", exportName: "x" } }, esm],
])("%s", (_, options, expected) => {
  const { UnroutedFunction, ...own } = build(options);
  expect(UnroutedFunction).toEqual(esm);
  expect(Object.values(own)).toEqual([expected, expected]);
});

test("packages that are not bundled", () => {
  const plan = planFromProto(libraryProto, {});
  const [file] = renderDeployment({ ...plan, build: { ...plan.build, by: "sam", external: ["@aws-sdk/*", "sharp"] } });
  const { Resources } = parseTemplate(file?.content ?? "");
  const built = Object.values(Resources).flatMap(
    ({ Metadata }) => (Metadata as Built | undefined)?.BuildProperties ?? [],
  );
  expect(new Set(built.map(({ External }) => String(External)))).toEqual(new Set(["@aws-sdk/*,sharp"]));
});

interface Built {
  readonly BuildProperties?: { readonly External?: readonly string[] };
}
