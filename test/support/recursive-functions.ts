/** Finds functions that can call themselves, by their names in the source: near enough for code that is formatted. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** A named function: `file` is relative to the folder that was searched. */
interface NamedFunction {
  readonly file: string;
  readonly name: string;
  readonly body: string;
}

/** `file: name` of every function below `folder` that is part of a cycle of calls, sorted. */
export function recursiveFunctions(folder: string, isWanted: (file: string) => boolean): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && isWanted(file));
  const functions = files.flatMap((file) => namedFunctions(file, codeOf(join(folder, file))));
  const inFile = (file: string): NamedFunction[] => functions.filter((each) => each.file === file);
  const byFile = new Map(files.map((file) => [file, inFile(file)]));
  const imports = new Map(files.map((file) => [file, importsOf(folder, file)]));
  const keyOf = ({ file, name }: NamedFunction): string => `${file}: ${name}`;
  const calls = new Map(
    functions.map((each) => {
      const called = new Set(each.body.match(/(?<![.\w$])[A-Za-z_$][\w$]*(?!\s*:[^:])/g));
      const own = (byFile.get(each.file) ?? []).filter(({ name }) => called.has(name)).map(keyOf);
      const foreign = [...called].flatMap((name) => {
        const from = imports.get(each.file)?.get(name);
        return from === undefined ? [] : [from];
      });
      return [keyOf(each), [...own, ...foreign]] as const;
    }),
  );
  return [...calls.keys()].filter((key) => reaches(calls, key, key)).sort();
}

function reaches(calls: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const pending = [...(calls.get(from) ?? [])];
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    if (key === to) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    pending.push(...(calls.get(key) ?? []));
  }
  return false;
}

/** Source text without comments and strings. */
function codeOf(path: string): string {
  return readFileSync(path, "utf8")
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/^\s*\/\/.*$/gm, "")
    .replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (text) => (/^["']\.{1,2}\//.test(text) ? text : '""'));
}

/** Functions, methods and arrow functions with a name, with all of their text: up to a line that is indented no deeper. */
function namedFunctions(file: string, code: string): NamedFunction[] {
  const lines = code.split("\n");
  return lines.flatMap((line, at) => {
    const [, indent = "", word, constant, method] =
      /^(\s*)(?:export )?(?:async )?(?:function\*? (\w+)|const (\w+) = (?:async )?(?:<.*>)?\(.*(?:=>|\($)|(?:private |get )?(\w+)\(.*\{$)/.exec(
        line,
      ) ?? [];
    const name = word ?? constant ?? method;
    if (name === undefined || ["if", "for", "while", "switch", "catch", "constructor"].includes(name)) return [];
    const end = lines.findIndex((each, index) => index > at && each.trim() !== "" && !isDeeper(each, indent));
    // The head counts as far as it holds defaults; the name itself does not.
    const text = [line.slice(line.indexOf(name) + name.length), ...lines.slice(at + 1, end === -1 ? undefined : end)];
    return [{ file, name: method === undefined ? name : `.${name}`, body: text.join("\n") }];
  });
}

/** Deeper than `indent`, or a line that closes what begins the function's head. */
function isDeeper(line: string, indent: string): boolean {
  return line.startsWith(`${indent} `) || line.startsWith(`${indent})`);
}

/** `file: name` of what a file imports, by the name that it has there. */
function importsOf(folder: string, file: string): ReadonlyMap<string, string> {
  const code = codeOf(join(folder, file));
  const found = new Map<string, string>();
  for (const [, names = "", specifier = ""] of code.matchAll(/import \{([^}]*)\} from "([^"]+)"/g)) {
    if (!specifier.startsWith(".")) continue;
    const target = relative(folder, resolve(folder, dirname(file), specifier)).replaceAll("\\", "/");
    for (const each of names.split(",")) {
      const [name = "", local = name] = each.trim().split(" as ");
      found.set(local, `${target.replace(/\.js$/, ".ts")}: ${name}`);
    }
  }
  return found;
}
