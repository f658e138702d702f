/**
 * `createRequire(import.meta.url)("@grpc/grpc-js")` of NestJS 12. esbuild follows `require` only, and so says nothing of a package that
 * the function will not have. https://github.com/evanw/esbuild/issues/1828
 */
import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/** Has modules of NestJS call `require`. */
export const createdRequire: Plugin = {
  name: "created-require",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]node_modules[\\/]@nestjs[\\/].*\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes(created)) return undefined;
      return {
        contents: text.replaceAll(`${created}(protoLoader)`, loader).replaceAll(created, "require"),
        loader: "js",
      };
    }),
};

const created = "createRequire(import.meta.url)";

/** The loader's name is an option, which nobody sets: it has to load what the one package does. */
const loader = 'require("@grpc/proto-loader")';
