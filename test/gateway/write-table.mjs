/** `npm run docs:gateway`: writes docs/gateway-differences.md from the classes. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "write-table.ts"), "gateway-table");
