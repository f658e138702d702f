/** `npm run test:sizes`, or `npm run test:sizes -- oneof` for the shapes whose name has the word. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "sizes.ts"), "sizes");
