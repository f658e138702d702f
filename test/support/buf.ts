/** The exact compiler for tests: buf's program itself, because its JavaScript wrapper doubles the time. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** Path of the buf program. */
export const bufPath: string = join(
  dirname(require.resolve(`@bufbuild/buf-${process.platform}-${process.arch}/package.json`)),
  "bin/buf",
);
