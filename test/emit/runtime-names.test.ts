/** The names of the runtime that emitters use are those of the runtime's own exports; the compiler holds it, and this holds the compiler. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { RuntimeSymbol } from "../../src/emit/objects/runtime-exports.js";
import { runtimePaths } from "../../src/emit/objects/runtime-paths.js";
import type { RuntimeTypeSymbol } from "../../src/emit/objects/runtime-types.js";

test("exports are looked up in the files that are copied", () => {
  const text = readFileSync("src/emit/objects/runtime-exports.ts", "utf8");
  const rows = [...text.matchAll(/readonly "?([\w-]+)"?: typeof import\("\.\.\/\.\.\/runtime\/(.+)\.js"\);/g)];
  expect(Object.fromEntries(rows.map(([, name, path]) => [name, path]))).toEqual(runtimePaths);
});

test("types likewise", () => {
  const text = readFileSync("src/emit/objects/runtime-types.ts", "utf8");
  const imports = [...text.matchAll(/import type \{([^}]*)\} from "\.\.\/\.\.\/runtime\/(.+)\.js";/g)];
  const pathOf = new Map(
    imports.flatMap(([, names = "", path]) => names.split(",").map((name) => [name.trim(), path])),
  );
  const rows = [...text.matchAll(/readonly "?([\w-]+)"?: \{([^}]*)\}/g)];
  const found = rows.flatMap(([, module = "", members = ""]) =>
    [...members.matchAll(/readonly (\w+):/g)].map(([, type = ""]) => [module, pathOf.get(type)]),
  );
  expect(found.length).toBeGreaterThan(15);
  for (const [module, path] of found)
    expect(path).toBe((runtimePaths as Readonly<Record<string, string>>)[module ?? ""]);
});

test("a name that the runtime does not have is an error of the compiler", () => {
  // @ts-expect-error -- no such function
  const renamed: RuntimeSymbol = ["json-read", "readNothing"];
  // @ts-expect-error -- a function of another module
  const moved: RuntimeSymbol = ["json-read", "writeString"];
  // @ts-expect-error -- no such type
  const type: RuntimeTypeSymbol = ["rpc", "UnaryHandlers"];
  expect([renamed, moved, type]).toHaveLength(3);
});

test("no emitter names the runtime otherwise", () => {
  const files = readdirSync("src/emit", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const naming = files.filter((file) => /\bruntimeModule\(/.test(readFileSync(`src/emit/${file}`, "utf8")));
  // profile.ts takes the names from the functions themselves.
  expect(naming.sort()).toEqual(["http/profile.ts", "objects/modules.ts", "objects/runtime.ts"]);
});
