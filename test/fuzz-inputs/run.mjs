/** `npm run fuzz:inputs -- --inputs 100000 --seed 1`: runs the fuzzer of the generator's inputs. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "inputs.ts"), "fuzz-inputs");
