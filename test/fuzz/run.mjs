/** `npm run fuzz -- --minutes 5 --seed 7`, or `--rounds 60 --seed 1` for the same inputs everywhere: runs the fuzzer. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "fuzz.ts"), "fuzz");
