/** Servers that the esbuild of `sam build` bundles without what they need. */
import { type Diagnostic, diagnostic, type Location } from "../diagnostics.js";
import { readBounded } from "../bounded-file.js";

/** The file that starts a server is short. */
const maxBytes = 1_000_000;

/** CF010 for an application of NestJS in TypeScript: it injects by types of decorators, which esbuild leaves out. `file` is absolute. */
export function checkSamBundle(file: string, shown: string, location: Location | undefined): Diagnostic[] {
  if (!/\.[cm]?ts$/.test(shown)) return [];
  const read = readBounded(file, maxBytes);
  if (read.kind === "tooLarge" || !/["']@nestjs\/core["']/.test(read.bytes.toString("utf8"))) return [];
  const message = `${shown} is an application of NestJS, but sam build bundles it without the types that its decorators read, expected what a compiler made of it`;
  const help =
    "name the output of nest build (./dist/main.js), or have grpc2lambda build bundle it: build.by: grpc2lambda";
  return [diagnostic("CF010", message, { location, help })];
}
