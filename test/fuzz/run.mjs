/** `npm run fuzz -- --minutes 5 --seed 7`: runs the fuzzer. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "fuzz.ts"), "fuzz");
