/** `node test/go/differential.mjs --count 20000 --seed 1 --sets library,zoo --legs function-url,alb --version 2.30 --designed 10 --race`. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "differential/differential.ts"), "go-differential");
