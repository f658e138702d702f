/** Imports of types that one file alone does not show to be types: an ES module would not load if it imported an interface. */

/** The way in which TypeScript's output reads the type of a parameter that it did not resolve. */
const guard = /typeof ([\w$]+) !== "undefined" && \1\b/g;

/** As TypeScript prints it. */
const namedImport = /^import (?:[\w$]+, )?\{ ([^}]*) \} from ("[^"]*"|'[^']*');$/gm;

/**
 * Has the output read such types as members of their module, which may be missing: `types_1.Item`. Lines stay in place, and esbuild drops
 * the imports by name that nothing else needs.
 */
export function importTypesLoosely(code: string): string {
  const read = new Set([...code.matchAll(guard)].map(([, name]) => name));
  if (read.size === 0) return code;
  const members = new Map<string, string>();
  let modules = 0;
  const imported = code.replace(namedImport, (statement, names: string, from: string) => {
    const found = names
      .split(", ")
      .map((name) => name.split(" as "))
      .filter((name) => read.has(name.at(-1)));
    if (found.length === 0) return statement;
    const module = `types_${++modules}_of_decorators`;
    for (const [name = "", local = name] of found) members.set(local, `${module}.${name}`);
    return `${statement} import * as ${module} from ${from};`;
  });
  return imported.replace(guard, (text, name: string) => {
    const member = members.get(name);
    return member === undefined ? text : `typeof ${member} !== "undefined" && ${member}`;
  });
}
