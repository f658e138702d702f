/** The files that `npm run settings` writes, by path. */
import { execFileSync } from "node:child_process";
import { configurationPage } from "../docs/configuration-page.js";
import { configTypes } from "./config-types.js";
import type { Schema } from "./schema.js";
import { settingDefaults, settingFlags } from "./setting-tables.js";
import { withStatedDefaults } from "./stated-defaults.js";

/** Makes them from schema.json, which is one of them: its descriptions state the defaults. */
export function writtenFiles(schema: Schema): ReadonlyMap<string, string> {
  const stated = withStatedDefaults(schema);
  const sources = {
    "schema.json": JSON.stringify(stated, undefined, 2),
    "src/cli/config/config.ts": configTypes(stated),
    "src/cli/config/setting-flags.ts": settingFlags(stated),
    "src/plan/setting-defaults.ts": settingDefaults(stated),
  };
  const formatted = Object.entries(sources).map(([path, text]) => [path, format(path, text)] as const);
  return new Map([...formatted, ["docs/configuration.md", configurationPage(stated)]]);
}

function format(path: string, text: string): string {
  const options = ["format", `--stdin-file-path=${path}`];
  return execFileSync("node_modules/.bin/biome", options, { input: text, encoding: "utf8" });
}
