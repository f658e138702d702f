/** `npm run docs:configuration`: writes docs/configuration.md from schema.json. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "write-configuration.ts"), "configuration-page");
