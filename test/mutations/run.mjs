/** `npm run test:mutations`, or `npm run test:mutations -- CORS` for the mutations whose title has the word. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "prove.ts"), "mutations");
