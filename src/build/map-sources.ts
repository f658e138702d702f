/** The paths in a source map. */
import { posix } from "node:path";

/**
 * Names packages that lie outside of the project as if they were installed in it: `../../node_modules/…`. A folder of linked packages is at
 * another place on every machine, and its path would be another one from every project. `toRoot` leads from the map to the project.
 */
export function nameSources(map: string, toRoot: string): string {
  const parsed: { readonly sources: readonly string[] } = JSON.parse(map);
  const sources = parsed.sources.map((source) => nameSource(source, toRoot));
  return JSON.stringify({ ...parsed, sources });
}

function nameSource(source: string, toRoot: string): string {
  if (!posix.normalize(source).startsWith(`${toRoot}/../`)) return source;
  const at = source.indexOf("/node_modules/");
  return at === -1 ? source : `${toRoot}${source.slice(at)}`;
}
