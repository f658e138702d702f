/** Names in words, and distinct ones. Languages and deployment targets make their own of them. */
import { compareText } from "../diagnostics.js";
import { windowsNameProblem } from "../windows-names.js";

/** `LibraryService` -> `library-service`, `GetHTTPInfo` -> `get-http-info`, `get_shelf2` -> `get-shelf2`. */
export function kebabCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .replaceAll(/[_.\s]+/g, "-")
    .toLowerCase();
}

/** Kebab case that starts with a letter and names a file on any system: proto names may consist of underscores and digits alone. */
export function fileWord(name: string): string {
  const word = kebabCase(name).replace(/-+/g, "-").replace(/^-|-$/g, "");
  return /^[a-z]/.test(word) && windowsNameProblem(word) === undefined ? word : `x${word}`;
}

/** `library-service` -> `LibraryService`. */
export function pascalCase(name: string): string {
  return kebabCase(name).split("-").map(capitalize).join("");
}

function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** The wanted name, or with 2, 3 … behind it where it is taken. */
export function uniqueName(wanted: string, taken: ReadonlySet<string>): string {
  let unique = wanted;
  for (let suffix = 2; taken.has(unique); suffix++) unique = `${wanted}${suffix}`;
  return unique;
}

/**
 * Gives every key a distinct name: the first keeps the wanted one, later ones get 2, 3 … in the order of their keys, so
 * that the result does not depend on the order of declaration.
 */
export function uniqueNames(wanted: ReadonlyMap<string, string>): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const [key, name] of [...wanted].sort(([a], [b]) => compareText(a, b))) {
    const unique = uniqueName(name, taken);
    taken.add(unique);
    names.set(key, unique);
  }
  return names;
}
