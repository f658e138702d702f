/** `npm run test:conformance`: runs the harness. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "conformance.ts"), "conformance");
