/** `npm run test:protojson`. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "judge.ts"), "protojson");
