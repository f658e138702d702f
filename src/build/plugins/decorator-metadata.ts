/**
 * Decorators that read types (`emitDecoratorMetadata`), by which NestJS and others inject. esbuild leaves the types out, so files with
 * decorators go through TypeScript first where their tsconfig.json asks for it.
 */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Message, OnLoadResult, Plugin } from "esbuild";
import type { CompiledSource, CompilerSettings } from "./compile-source.js";
import { restorePlaces, sourceOf } from "./original-places.js";

/** Decorators begin lines or parameters. What only looks like one costs the time to read a tsconfig.json. */
const decorator = /^[ \t]*(?:export[ \t]+(?:default[ \t]+)?)?@[A-Za-z_$]|[(,][ \t]*@[A-Za-z_$]/m;

/** Makes the plugin. Places of errors are those in the sources. */
export function decoratorMetadata(): Plugin {
  const compiled = new Map<string, CompiledSource>();
  const settings = new Map<string, CompilerSettings | undefined>();
  return {
    name: "decorator-metadata",
    setup: ({ onStart, onLoad, onEnd, initialOptions }) => {
      onStart(() => settings.clear());
      onLoad({ filter: /\.[cm]?tsx?$/ }, ({ path }) => loadSource(path, compiled, settings));
      onEnd(({ errors, warnings }) => {
        const root = initialOptions.absWorkingDir ?? "";
        dropExpected(warnings, root, compiled);
        restorePlaces([...errors, ...warnings], root, compiled);
      });
    },
  };
}

/** Takes away what esbuild says of types that decorators read and that are no values. */
function dropExpected(warnings: Message[], root: string, compiled: ReadonlyMap<string, CompiledSource>): void {
  const isExpected = (warning: Message): boolean =>
    warning.id === "import-is-undefined" && sourceOf(warning, root, compiled) !== undefined;
  warnings.splice(0, warnings.length, ...warnings.filter((warning) => !isExpected(warning)));
}

/** Undefined for files that esbuild compiles as well. */
async function loadSource(
  path: string,
  compiled: Map<string, CompiledSource>,
  settings: Map<string, CompilerSettings | undefined>,
): Promise<OnLoadResult | undefined> {
  if (/[\\/]node_modules[\\/]/.test(path)) return undefined;
  const text = readFileSync(path, "utf8");
  if (!decorator.test(text)) return undefined;
  const folder = dirname(path);
  const { compileSource, readSettings } = await import("./compile-source.js");
  if (!settings.has(folder)) settings.set(folder, readSettings(folder));
  const found = settings.get(folder);
  if (found === undefined) return undefined;
  const earlier = compiled.get(path);
  const isSame = earlier?.text === text && earlier.settings === found.key;
  const made = isSame ? earlier : compileSource(path, text, found);
  if (made === undefined) return undefined;
  compiled.set(path, made);
  return { contents: made.code, loader: made.loader, watchFiles: [path, found.file] };
}
