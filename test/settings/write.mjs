/** `npm run settings`: writes the types, defaults and flags of settings, and docs/configuration.md, from schema.json. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "write.ts"), "settings");
