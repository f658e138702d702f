/** `npm run test:mutations`, or `npm run test:mutations -- CORS "output: "` for the mutations whose titles have one of these texts. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "prove.ts"), "mutations");
