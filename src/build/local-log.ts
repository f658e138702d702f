/** Lines that functions in this process log: a bundle hands them over, where the one that is deployed writes them. */
import type { Plugin } from "esbuild";

const hook = "grpc2lambda.writeLine";

/** Replaces the module of the runtime that writes lines. */
export const localLog: Plugin = {
  name: "local-log",
  setup: (build) =>
    build.onLoad({ filter: /[\\/]runtime[\\/]observability[\\/]write-line\.ts$/ }, () => ({
      contents: `export const writeLine = (line: string) => globalThis[Symbol.for("${hook}")]?.(line);`,
      loader: "ts",
    })),
};

/** Has `hear` get each line of every function of this process. */
export function hearLines(hear: (line: string) => void): void {
  Object.assign(globalThis, { [Symbol.for(hook)]: hear });
}
