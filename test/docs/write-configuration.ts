/** Writes docs/configuration.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { configurationPage } from "./configuration-page.js";

writeFileSync("docs/configuration.md", configurationPage(JSON.parse(readFileSync("schema.json", "utf8"))));
