/** `npm run test:hostile`, or `npm run test:hostile -- --all` for every input on every Node at its largest size. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "prove.ts"), "hostile");
