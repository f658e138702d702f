/** Compiles single files with the TypeScript that comes with ts-morph, which is loaded with this module: that of the project may have no such API, as TypeScript 7. */
import { ts } from "ts-morph";
import { moduleSystem } from "../module-system.js";
import { importTypesLoosely } from "./loose-imports.js";

/** The settings of a tsconfig.json. */
export interface CompilerSettings {
  readonly file: string;
  readonly options: ts.CompilerOptions;
  /** Equal for equal options. */
  readonly key: string;
}

/** A file that was compiled. */
export interface CompiledSource {
  readonly text: string;
  /** The key of the settings. */
  readonly settings: string;
  /** JavaScript, with its source map. */
  readonly code: string;
  /** TypeScript's own: as in sources, imports of what is not used are dropped. */
  readonly loader: "ts" | "tsx";
}

/** The settings for files in a folder; undefined unless they ask for types of decorators. What is wrong with the file, esbuild reports. */
export function readSettings(folder: string): CompilerSettings | undefined {
  const file = ts.findConfigFile(folder, ts.sys.fileExists);
  if (file === undefined) return undefined;
  const parsed = ts.getParsedCommandLineOfConfigFile(file, undefined, {
    ...ts.sys,
    // The files of the project are not asked for.
    readDirectory: () => [],
    onUnRecoverableConfigFileDiagnostic: () => undefined,
  });
  const options = parsed?.options;
  if (options?.experimentalDecorators !== true || options.emitDecoratorMetadata !== true) return undefined;
  return { file, options, key: JSON.stringify(options) };
}

/** Undefined for a file that does not parse: esbuild says why. */
export function compileSource(
  path: string,
  text: string,
  { options, key }: CompilerSettings,
): CompiledSource | undefined {
  const isCommonJs = moduleSystem(path) === "commonjs" && !namesModules(options.module);
  const { outputText, diagnostics } = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: {
      ...options,
      module: isCommonJs ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext,
      // Fields keep the meaning that they have with the project's target.
      useDefineForClassFields: options.useDefineForClassFields ?? (options.target ?? 0) >= ts.ScriptTarget.ES2022,
      target: ts.ScriptTarget.ES2022,
      jsx: ts.JsxEmit.Preserve,
      sourceMap: false,
      inlineSourceMap: true,
      inlineSources: false,
      sourceRoot: "",
    },
  });
  if (diagnostics?.some(({ file }) => file !== undefined) === true) return undefined;
  const code = isCommonJs ? outputText : importTypesLoosely(outputText);
  return { text, settings: key, code, loader: path.endsWith("x") ? "tsx" : "ts" };
}

/** Tells whether output is an ES module, whatever the package says. */
function namesModules(module: ts.ModuleKind | undefined): boolean {
  if (module === undefined) return false;
  return (module >= ts.ModuleKind.ES2015 && module <= ts.ModuleKind.ESNext) || module === ts.ModuleKind.Preserve;
}
