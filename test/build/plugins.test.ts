/** What projects need of the bundler beyond esbuild: types of decorators, packages that others can do without; and what esbuild does by itself. */
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { bundleFunctions } from "../../src/build/bundle-functions.js";
import { startBundler } from "../../src/build/bundler.js";
import type { Diagnostic } from "../../src/diagnostics.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";

let project: TemporaryProject;
afterEach(() => project.remove());

type Files = Readonly<Record<string, string>>;

/** Bundles `main.ts`, runs it with Node, and gives what it prints. */
async function run(files: Files, format: "esm" | "cjs"): Promise<string> {
  const { bundles, diagnostics } = await bundle(files, format);
  expect(diagnostics).toEqual([]);
  const [{ fileName, code } = { fileName: "", code: new Uint8Array() }] = bundles;
  mkdirSync(join(project.root, "out"));
  writeFileSync(join(project.root, "out", fileName), code);
  return execFileSync(process.execPath, [join(project.root, "out", fileName)], { encoding: "utf8" }).trim();
}

function bundle(files: Files, format: "esm" | "cjs"): ReturnType<typeof bundleFunctions> {
  project = createProject(files);
  const { root } = project;
  mkdirSync(join(root, "node_modules"), { recursive: true });
  symlinkSync(resolve("node_modules/reflect-metadata"), join(root, "node_modules/reflect-metadata"));
  const functions = [{ id: "main", entry: "main.ts", format, standIns: [] }];
  const settings = { sourceMaps: false, external: [] };
  return bundleFunctions({ root, cwd: root, outDir: join(root, "out"), functions, settings });
}

const decorators = { experimentalDecorators: true, emitDecoratorMetadata: true };

function tsconfig(compilerOptions: object): string {
  // Comments and trailing commas are allowed in it.
  return `// of the project\n${JSON.stringify({ compilerOptions }).replace(/}}$/, "},}")}`;
}

const parameters = `
export const Injectable = () => (_: Function) => {};
export const typesOf = (one: object): string =>
  (Reflect.getMetadata("design:paramtypes", one) ?? []).map((type: any) => type?.label ?? type?.name).join();
`;

const service = (imports: string): string => `
import "reflect-metadata";
${imports}
@Injectable()
export class Shop {
  constructor(readonly stock: Stock, item: Item, readonly prices: Prices, at: Date, names: string[], kind: Kind) {}
}
console.log(typesOf(Shop));
`;

test("ES modules: suffixes, aliases of an extended tsconfig, imports of the package, and types that are no values", async () => {
  const printed = await run(
    {
      "package.json": '{ "type": "module", "imports": { "#prices": "./lib/prices.ts" } }',
      "tsconfig.base.json": tsconfig({ ...decorators, module: "nodenext", target: "es2022" }),
      "tsconfig.json":
        '{ "extends": "./tsconfig.base.json", "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }',
      "main.ts": service(`
import { Injectable, typesOf } from "./parameters.js";
import { Stock } from "@lib/stock";
import { Item } from "./lib/item.js";
import { Prices } from "#prices";
import type { Kind } from "./lib/item.js";`),
      "parameters.ts": parameters,
      "lib/stock.ts": 'import { name } from "./data.json"; export class Stock { static label = name; }',
      "lib/data.json": '{ "name": "Stock" }',
      "lib/item.ts": "export interface Item { name: string }\nexport enum Kind { A }",
      "lib/prices.ts": 'export class Prices { static label = "Prices"; }',
    },
    "esm",
  );
  expect(printed).toBe("Stock,Object,Prices,Date,Array,Object");
});

test("CommonJS: default imports as the tsconfig has them, `import =`, __dirname and modules that import one another", async () => {
  const printed = await run(
    {
      "tsconfig.json": tsconfig({
        ...decorators,
        module: "commonjs",
        target: "es2019",
        esModuleInterop: true,
        strict: true,
      }),
      "main.ts": service(`
import { Injectable, typesOf } from "./parameters";
import { Stock } from "./stock";
import { Item, Kind } from "./item";
import Prices = require("./prices");
import path from "path";
console.log(path.basename(__dirname), Stock.label);`),
      "parameters.ts": parameters,
      "stock.ts": `import { Injectable } from "./parameters";
import { Depot } from "./depot";
@Injectable() export class Stock { static label = "Stock"; constructor(readonly depot: Depot) {} }`,
      "depot.ts": `import { Injectable } from "./parameters";
import { Stock } from "./stock";
@Injectable() export class Depot { constructor(readonly stock: Stock) {} }`,
      "item.ts": "export interface Item { name: string }\nexport enum Kind { A }",
      "prices.ts": 'class Prices { static label = "Prices"; }\nexport = Prices;',
    },
    "cjs",
  );
  expect(printed).toBe("out Stock\nStock,Object,Prices,Date,Array,Object");
});

test("fields keep the meaning that they have with the project's target", async () => {
  const files = (target: string): Files => ({
    "package.json": '{ "type": "module" }',
    "tsconfig.json": tsconfig({ ...decorators, module: "esnext", target }),
    "main.ts": `import "reflect-metadata";
import { Injectable } from "./parameters.js";
class Base { constructor() { (this as any).made(); } }
@Injectable() class Shop extends Base { name?: string; made() { this.name = "made"; } }
console.log(new Shop().name);`,
    "parameters.ts": parameters,
  });
  expect(await run(files("es2021"), "esm")).toBe("made");
  project.remove();
  expect(await run(files("es2022"), "esm")).toBe("undefined");
});

test("without emitDecoratorMetadata, decorators are esbuild's, those of today's JavaScript too", async () => {
  const printed = await run(
    {
      "package.json": '{ "type": "module" }',
      "main.ts": `const named = (_: unknown, { name }: ClassDecoratorContext) => console.log(name);
@named class Shop {}`,
    },
    "esm",
  );
  expect(printed).toBe("Shop");
});

const places = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code, location }) => `${code} ${location?.file}:${location?.line}:${location?.column}`);

test("errors in a file with decorators have the places of the source, in build and in dev", async () => {
  const files = {
    "package.json": '{ "type": "module" }',
    "tsconfig.json": tsconfig({ ...decorators, module: "esnext", target: "es2022" }),
    "main.ts": `// A comment that no compiler keeps in place.

interface Gone { much: string; more: number }

import { Injectable } from "./parameters.js";
import { Lost } from "./lost.js";
@Injectable()
export class Shop { constructor(lost: Lost, readonly other: Other) {} }
import { Other } from "absent";
`,
    "parameters.ts": parameters,
  };
  const { diagnostics } = await bundle(files, "esm");
  expect(places(diagnostics)).toEqual(["BD002 main.ts:6:22", "BD002 main.ts:9:23"]);
  const errors: string[] = [];
  const request = { root: project.root, entries: ["main.ts"], outDir: join(project.root, "out") };
  const bundler = await startBundler(request, false, (report) => {
    if (report.kind === "failed") errors.push(...report.errors);
  });
  await bundler.dispose();
  expect(errors).toEqual(['main.ts:6:22: Could not resolve "./lost.js"', 'main.ts:9:23: Could not resolve "absent"']);
});

test("a file with decorators that does not parse", async () => {
  const { diagnostics } = await bundle(
    {
      "tsconfig.json": tsconfig(decorators),
      "main.ts": 'import { Injectable } from "./parameters";\n@Injectable()\nclass Shop { constructor( }\n',
      "parameters.ts": parameters,
    },
    "cjs",
  );
  expect(places(diagnostics)).toEqual(["BD003 main.ts:3:27"]);
});

test("packages that a package can do without are left out, those that it needs are reported", async () => {
  const framework = `
const optional = (load) => { try { return load(); } catch (error) { return error.code; } };
module.exports = [
  optional(() => require("optional-peer/module")),
  optional(() => require("optional-dependency")),
  optional(() => require("@scope/unheard-of")),
  optional(() => require("installed")),
].join();`;
  const files = {
    "main.ts": 'import framework from "framework";\nconsole.log(framework);',
    "node_modules/framework/package.json": JSON.stringify({
      name: "framework",
      main: "dist/index.js",
      dependencies: { needed: "1", "optional-dependency": "1" },
      optionalDependencies: { "optional-dependency": "1" },
      peerDependencies: { "optional-peer": "1", peer: "1" },
      peerDependenciesMeta: { "optional-peer": { optional: true } },
    }),
    "node_modules/framework/dist/package.json": '{ "type": "commonjs" }',
    "node_modules/framework/dist/index.js": framework,
    "node_modules/installed/index.js": 'module.exports = "installed";',
  };
  const missing = "MODULE_NOT_FOUND";
  expect(await run(files, "esm")).toBe([missing, missing, missing, "installed"].join());
  project.remove();
  const needy = `${framework}\nconst more = () => [require("needed"), require("peer"), require("framework/more")];`;
  const { diagnostics } = await bundle({ ...files, "node_modules/framework/dist/index.js": needy }, "esm");
  expect(diagnostics.map(({ message }) => message)).toEqual(
    ["needed", "peer", "framework/more"].map((name) => `cannot find "${name}", expected a package of that name`),
  );
  project.remove();
  const own = { ...files, "main.ts": 'try { require("absent"); } catch {}\nconst load = () => require("gone");' };
  expect((await bundle(own, "esm")).diagnostics.map(({ message }) => message)).toEqual([
    'cannot find "gone", expected a package of that name',
  ]);
});

test("what NestJS 12 loads by createRequire is bundled", async () => {
  const printed = await run(
    {
      "package.json": '{ "type": "module" }',
      "main.ts": 'import loaded from "@nestjs/microservices";\nconsole.log(loaded);',
      "node_modules/@nestjs/microservices/package.json": '{ "name": "@nestjs/microservices", "type": "module" }',
      "node_modules/@nestjs/microservices/index.js": `import { createRequire } from "module";
const protoLoader = "@grpc/proto-loader";
export default [createRequire(import.meta.url)("@grpc/grpc-js"), createRequire(import.meta.url)(protoLoader)].join();`,
      "node_modules/@grpc/package.json": "{}",
      "node_modules/@grpc/grpc-js/index.js": 'module.exports = "grpc-js";',
      "node_modules/@grpc/proto-loader/index.js": 'module.exports = "proto-loader";',
    },
    "esm",
  );
  expect(printed).toBe("grpc-js,proto-loader");
});

test("internals of a package with a stand-in are the package's own", async () => {
  project = createProject({
    "main.ts":
      'import { name } from "@grpc/grpc-js";\nimport { READY } from "@grpc/grpc-js/build/state";\nconsole.log(name, READY);',
    "stand-in.ts": 'export const name = "stand-in";',
    "node_modules/@grpc/grpc-js/index.js": 'exports.name = "real";',
    "node_modules/@grpc/grpc-js/build/state.js": "exports.READY = 2;",
  });
  const { root } = project;
  const standIns = [{ packageName: "@grpc/grpc-js", module: "stand-in.ts" }];
  const functions = [{ id: "main", entry: "main.ts", format: "cjs" as const, standIns }];
  const settings = { sourceMaps: false, external: [] };
  const { bundles, diagnostics } = await bundleFunctions({
    root,
    cwd: root,
    outDir: join(root, "out"),
    functions,
    settings,
  });
  expect(diagnostics).toEqual([]);
  writeFileSync(join(root, "out.cjs"), bundles[0]?.code ?? "");
  expect(execFileSync(process.execPath, [join(root, "out.cjs")], { encoding: "utf8" })).toBe("stand-in 2\n");
});

test("a package with files that are no code: the setting that leaves it out", async () => {
  const { diagnostics } = await bundle(
    {
      "main.ts": 'import "native";',
      "node_modules/native/index.js": 'module.exports = (name) => require("./lib/" + name);',
      "node_modules/native/lib/page.html": "<p>",
    },
    "cjs",
  );
  expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
    ["BD003", "name native, or the package that asks for it, under build.external, and ship it in a layer"],
  ]);
});

test.each(["esm", "cjs"] as const)(
  "a namespace that is called is the function that the package exports (%s)",
  async (format) => {
    const files = {
      "main.ts": `import * as greet from "greet";
import * as maths from "maths";
import * as own from "./own";
const shown: string[] = [greet("Ada"), greet.version, String(maths.add(1, 2)), own.name];
console.log(shown.join(), new Error("place").stack?.split("\\n").length > 1);`,
      "own.ts": 'export const name = "own";',
      "node_modules/greet/index.js": "module.exports = (name) => `Hello ${name}`; module.exports.version = '1';",
      "node_modules/maths/index.js": "exports.add = (a, b) => a + b;",
    };
    expect(await run(files, format)).toBe("Hello Ada,1,3,own true");
  },
);
