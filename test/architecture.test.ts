/** The layering of src/, as ARCHITECTURE.md has it: imports run downward, and a few things happen in one place only. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const src = resolve(import.meta.dirname, "../src");

/** From the top down. A file imports from its own layer and from those below it. */
const layers = [
  "cli",
  "adopt",
  "diff",
  "migrate",
  "reach",
  "pipeline",
  "build",
  "deploy",
  "emit",
  "plan",
  "simulator",
  "front-door",
  "model",
  "http-rule",
  "proto",
  "go",
  "output",
  "diagnostics",
] as const;

type Layer = (typeof layers)[number] | "runtime";

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
  /** `import(…)` */
  readonly onDemand: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts"))
  .sort();

const imports: readonly Import[] = files.flatMap((file) => readImports(file, readFileSync(join(src, file), "utf8")));

function readImports(file: string, text: string): Import[] {
  const statement = /^(?:import|export)\s+(type\s+)?(?:[^;"']*?\sfrom\s+)?["']([^"']+)["'];?$/gm;
  const dynamic = /\bimport\(\s*["']([^"']+)["']\s*\)/g;
  return [
    ...[...text.matchAll(statement)].map(([, type, specifier = ""]) => ({
      file,
      specifier,
      typeOnly: type !== undefined,
      onDemand: false,
    })),
    ...[...text.matchAll(dynamic)].map(([, specifier = ""]) => ({ file, specifier, typeOnly: false, onDemand: true })),
  ];
}

/** `plan/plan.js` seen from `emit/x.ts` -> `plan/plan`; undefined for a package. */
function target({ file, specifier }: Import): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return relative(src, resolve(src, dirname(file), specifier))
    .replaceAll("\\", "/")
    .replace(/\.js$/, "");
}

function layerOf(path: string): Layer {
  const [first = ""] = path.replace(/\.ts$/, "").split("/");
  if (["diagnostic-codes", "text-directions", "windows-names", "bounded-file", "path-inside"].includes(first))
    return "diagnostics";
  if (first === "runtime") return "runtime";
  const layer = layers.find((name) => name === first);
  if (layer === undefined) throw new Error(`src/${path} is in no layer: add it to the list, or move it`);
  return layer;
}

test("there are files and imports to look at", () => {
  expect(files.length).toBeGreaterThan(50);
  expect(imports.length).toBeGreaterThan(files.length);
});

test("imports run downward", () => {
  const upward = imports.flatMap((entry) => {
    const path = target(entry);
    if (path === undefined) return [];
    const from = layerOf(entry.file);
    const to = layerOf(path);
    // The runtime is data to the generator; what both must agree on is imported from it.
    if (from === to || to === "runtime" || from === "runtime") return [];
    const isDown = layers.indexOf(from) < layers.indexOf(to);
    return isDown ? [] : [`src/${entry.file} imports ${path}`];
  });
  expect(upward).toEqual([]);
});

/** The entry of `folder` that holds `path`: `doors` for `runtime/doors/alb`, `http.ts` for a file of the folder itself. */
function entryOf(folder: string, path: string): string {
  const [first = "", ...rest] = path.slice(folder === "" ? 0 : folder.length + 1).split("/");
  return rest.length === 0 ? `${first}.ts` : first;
}

/** The deepest folder that holds both. */
function commonFolder(a: string, b: string): string {
  const [left, right] = [a.split("/"), b.split("/")];
  const depth = left.findIndex((name, at) => name !== right[at] || at === left.length - 1);
  return left.slice(0, depth).join("/");
}

/** Who imports whom among the entries of every folder; files that import one another side by side are left out. */
function entryImports(): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> {
  const folders = new Map<string, Map<string, Set<string>>>();
  for (const entry of imports) {
    const path = target(entry);
    if (path === undefined) continue;
    const file = entry.file.replace(/\.ts$/, "");
    const folder = commonFolder(file, path);
    const [from, to] = [entryOf(folder, file), entryOf(folder, path)];
    if (from === to || (from.endsWith(".ts") && to.endsWith(".ts"))) continue;
    const graph = folders.get(folder) ?? new Map<string, Set<string>>();
    folders.set(folder, graph.set(from, (graph.get(from) ?? new Set()).add(to)));
  }
  return folders;
}

/** Entries from which imports lead back to themselves. */
function circles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const to of graph.get(from) ?? []) if (!seen.has(to)) reach(to, seen.add(to));
    return seen;
  };
  return [...graph.keys()].filter((entry) => reach(entry).has(entry));
}

test("folders form no circle, at any depth, by values or by types", () => {
  const found = [...entryImports()].flatMap(([folder, graph]) =>
    circles(graph).map((entry) => `src/${folder === "" ? "" : `${folder}/`}${entry}`),
  );
  expect(found.sort()).toEqual([]);
});

test("a folder has at most 24 files side by side", () => {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > 24)).toEqual([]);
});

/** Loading a built-in costs a cold start (events and stream under 1 ms, http 37 ms), so each has a reason. */
const runtimeBuiltIns: Readonly<Record<string, string>> = {
  "runtime/grpc-js/grpc-js.ts imports node:events": "existing grpc-js handlers call call.on and expect an EventEmitter",
  "runtime/doors/compression.ts imports node:zlib": "only with the first body that needs it",
  "runtime/large-payloads/sigv4.ts imports node:crypto": "only with the first payload that goes through S3",
  "runtime/large-payloads/payload-bucket.ts imports node:crypto": "the same",
  "runtime/large-payloads/s3.ts imports node:https": "the same",
  "runtime/large-payloads/s3.ts imports node:http":
    "the same, for endpoints of tests; the type of a response otherwise",
  "runtime/proxy/connection.ts imports node:http2": "types alone; the first call of a proxied RPC loads it",
  "runtime/proxy/http-proxy.ts imports node:http": "types alone; a function with a proxied RPC loads it at its start",
  "runtime/proxy/share-parameter.ts imports node:https": "only with the first request of an RPC whose shares are there",
  "runtime/proxy/share-parameter.ts imports node:http":
    "the same, for endpoints of tests; the type of a response otherwise",
  "runtime/proxy/grpc-call.ts imports node:http2": "types alone",
  "runtime/x-ray/daemon.ts imports node:dgram": "only with the first trace that is sampled",
  "runtime/grpc-js/grpc-js-stream.ts imports node:stream": "existing grpc-js handlers pipe into the call",
  "runtime/grpc-js/grpc-js-client-stream.ts imports node:stream": "existing grpc-js handlers pipe from the call",
  "runtime/connect/universal-method.ts imports node:events": "the type of a call of grpc-js",
  "runtime/connect/universal-method.ts imports node:stream": "the same",
  "runtime/connect/no-ports.ts imports node:net": "the type of the server whose port stays closed",
};

test("the runtime imports nothing outside its folder", () => {
  const outside = imports
    .filter((entry) => entry.file.startsWith("runtime/") && !target(entry)?.startsWith("runtime/"))
    .map((entry) => `${entry.file} imports ${entry.specifier}`);
  expect(outside.filter((text) => !(text in runtimeBuiltIns))).toEqual([]);
});

test.each([
  ["protobufjs", ["proto"]],
  ["commander", ["cli"]],
  ["ajv", ["cli"]],
  ["esbuild", ["build"]],
  ["fflate", ["build"]],
  ["ts-morph", ["adopt", "build"]],
  ["handlebars", ["emit"]],
] as const)("only %s's own layers import it", (packageName, allowed) => {
  const elsewhere = imports.filter(
    ({ file, specifier }) =>
      (specifier === packageName || specifier.startsWith(`${packageName}/`)) &&
      !(allowed as readonly string[]).includes(layerOf(file)),
  );
  expect(elsewhere.map(({ file }) => file)).toEqual([]);
});

/** Files and packages that are loaded with `file`, through imports that are neither types nor on demand. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const entry of imports) {
    if (entry.file !== file || entry.typeOnly || entry.onDemand) continue;
    const path = target(entry);
    if (path === undefined) seen.add(entry.specifier);
    else loadedWith(`${path}.ts`, seen);
  }
  return seen;
}

test("--help and --version load commander and nothing else", () => {
  const loaded = [...loadedWith("cli/main.ts")];
  expect(loaded).toContain("cli/program.ts");
  expect(loaded.filter((name) => !name.startsWith("cli/") && !name.startsWith("node:"))).toEqual(["commander"]);
  expect(loaded.filter((name) => name.startsWith("cli/")).length).toBeLessThan(8);
});

test.each(files.filter((file) => file.startsWith("cli/commands/")))(
  "the help of %s loads no more than that",
  (file) => {
    const allowed = ["commander", "front-door/front-door-id.ts", "plan/deployment-target-id.ts"];
    expect([...loadedWith(file)].filter((name) => !name.startsWith("cli/") && !allowed.includes(name))).toEqual([]);
  },
);

/** Source text without comments and strings, near enough for a search. */
function codeOf(file: string): string {
  return readFileSync(join(src, file), "utf8")
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/\/\/.*$/gm, "")
    .replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '""');
}

test("only cli/ touches the process", () => {
  const elsewhere = files.filter((file) => layerOf(file) !== "cli" && layerOf(file) !== "runtime");
  expect(elsewhere.filter((file) => /\bprocess\.|\bconsole\./.test(codeOf(file)))).toEqual([]);
});

/**
 * Folders of targets that speak CloudFormation, the one file that reads the substitutions that the configuration has from
 * it, and the one with the descriptions of settings.
 */
const cloudFormation = [
  "deploy/cloudformation/",
  "deploy/sam/",
  "deploy/cdk/",
  "deploy/resources/value.ts",
  "cli/config/config.ts",
];

test("only targets that are CloudFormation know its ids and substitutions", () => {
  const knowing = files.filter((file) => /AWS::|\blogicalId/.test(readFileSync(join(src, file), "utf8")));
  expect(knowing.filter((file) => !cloudFormation.some((place) => file.startsWith(place)))).toEqual([]);
  expect(knowing.length).toBeGreaterThan(0);
});

/** Places that know TypeScript and JavaScript by their business, and what that is. */
const typeScript: Readonly<Record<string, string>> = {
  "emit/": "writes it",
  "build/": "bundles it",
  "adopt/": "reads the code of servers",
  "deploy/sam/sam-dialect.ts": "has `sam build` bundle it",
  "plan/deployment-target-id.ts": "names the file of a construct",
  "cli/config/implementation.ts": "finds the modules that a configuration names",
  "cli/dev/local-functions.ts": "loads bundles",
  "cli/diff/revision.ts": "finds such modules in another revision",
};

/** The strings and regular expressions of a source, without those of imports. */
function literalsOf(text: string): string[] {
  const code = text
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/^(?:import|export)\b[^;]*? from "[^"]*";$|\bimport\("[^"]*"\)/gm, "")
    .replaceAll(/(^|\s)\/\/.*$/gm, "");
  const literals =
    /"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/(?![*/ ])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;
  return (code.match(literals) ?? []).map((literal) => literal.replaceAll(/\$\{[^}]*\}/g, "${}"));
}

/** An extension (`x.ts`, `/\.[cm]?js$/`), a word that no other text has than a list of reserved words, or a maker of identifiers. */
function knowsTypeScript(text: string): boolean {
  const literals = literalsOf(text);
  return (
    literals.some((literal) =>
      /(?<!Node)\\?\.(?:\(?\[?[cm]{1,2}\]?\)?\??)?(?:\[[jt]{2}\]|[jt])sx?(?![\w-])/.test(literal),
    ) ||
    literals.some((literal) => /\b(?:instanceof|debugger)\b/.test(literal)) ||
    /\b(?:camelCase|\w*[iI]dentifier)\(/.test(text.replaceAll(/\btakeIdentifier\(|\bisIdentifier\w*\(/g, ""))
  );
}

test("names, extensions and reserved words of TypeScript are known to its emitter, and to who bundles or reads it", () => {
  const knowing = files.filter((file) => knowsTypeScript(readFileSync(join(src, file), "utf8")));
  expect(knowing.filter((file) => !Object.keys(typeScript).some((place) => file.startsWith(place)))).toEqual([]);
  const unused = Object.keys(typeScript).filter((place) => !knowing.some((file) => file.startsWith(place)));
  expect(unused).toEqual([]);
});

test.each([
  ["export const path = (id: string) => `functions/${id}.ts`;"],
  ['const entry = "server.mjs";'],
  ['export const module = (path: string) => path.replace(/\\.[cm]?[jt]s$/, "");'],
  ['const words = new Set("delete do instanceof interface".split(" "));'],
  ["const name = camelCase(method.name);"],
  ["const name = safeIdentifier(method.name);"],
])("%s is found", (text) => expect(knowsTypeScript(text)).toBe(true));

test("nobody but the emitter asks for names of TypeScript, and the stages before it know no style", () => {
  const outside = imports.filter((entry) => {
    const path = target(entry) ?? "";
    const isStyle = path === "emit/message-style" && layerOf(entry.file) === "cli";
    return (
      (path.startsWith("emit/names/") || path === "emit/message-style") && layerOf(entry.file) !== "emit" && !isStyle
    );
  });
  expect(outside.map(({ file, specifier }) => `src/${file} imports ${specifier}`)).toEqual([]);
});

/** Who looks into a message style, and what for. */
const styleReaders: Readonly<Record<string, string>> = {
  "emit/names/check-members.ts": "two members of one name",
  "emit/names/property-names.ts": "names of properties",
  "emit/names/style-folders.ts": "names the modules of a style",
};

test("what a style means is known in emit/objects/ alone", () => {
  const options = "names|longs|enums|bytes|defaults|absentMessages|arrays|objects|oneofs|wellKnownTypes|typeNames";
  const reads = new RegExp(
    `\\bstyle\\??\\.(${options})\\b|\\{[^{}]*\\b(${options})\\b[^{}]*\\}(: MessageStyle| = (context\\.)?style\\b)`,
  );
  const knowing = files.filter(
    (file) => reads.test(codeOf(file)) || /\bis(ProtoLoader|ProtobufEs)Style\b/.test(codeOf(file)),
  );
  expect(knowing.filter((file) => !file.startsWith("emit/objects/")).sort()).toEqual(Object.keys(styleReaders).sort());
  expect(knowing).toContain("emit/objects/message-view.ts");
});

/** Files outside output/ that write, and where to. */
const writers: Readonly<Record<string, string>> = {
  "build/write-zips.ts": "zips and maps of the functions, in a folder of their own",
  "migrate/results/results-file.ts": "results of comparisons, which are the user's to keep",
  "cli/report/job-summary.ts": "the summary of a job, in the file that GitHub Actions names",
  "cli/dev/link-project.ts": "links to packages and files of the project, beside bundles of the local server",
  "cli/diff/revision.ts": "protos and settings of another revision, in a folder of cli/temporary-folder.ts",
  "cli/diff/remote-image.ts": "a descriptor set that a registry serves, in a folder of cli/temporary-folder.ts",
  "cli/receipt/receipt.ts": "receipts of generations, in the user's cache folder",
  "cli/temporary-folder.ts": "folders of a run, in the system's temporary folder",
};

test("only output/ writes files", () => {
  const calls = /\b(writeFile|appendFile|mkdir|mkdtemp|rename|rm|unlink|rmdir|copyFile|cp)(Sync)?\(/;
  const elsewhere = files.filter((file) => layerOf(file) !== "output" && !(file in writers));
  expect(elsewhere.filter((file) => calls.test(codeOf(file)))).toEqual([]);
});

test("no default exports, no any", () => {
  expect(files.filter((file) => /\bexport default\b|\bas any\b|: any\b/.test(codeOf(file)))).toEqual([]);
});
