/** Paths seen from a folder, by the rules of this system or of another one. */
import nativePath, { type PlatformPath } from "node:path";

/** `path` (absolute) relative to `folder` (absolute), with forward slashes; "" for the folder itself, undefined outside of it. */
export function pathInside(folder: string, path: string, system: PlatformPath = nativePath): string | undefined {
  const inside = system.relative(folder, path);
  // On Windows the way to another drive is an absolute path.
  if (inside === ".." || inside.startsWith(`..${system.sep}`) || system.isAbsolute(inside)) return undefined;
  return withSlashes(inside, system);
}

/** Forward slashes on every system. */
export function withSlashes(path: string, system: PlatformPath = nativePath): string {
  return system.sep === "/" ? path : path.replaceAll(system.sep, "/");
}
