/** Writes what is made from schema.json. */
import { writeFileSync } from "node:fs";
import { readSchema } from "./schema.js";
import { writtenFiles } from "./written-files.js";

for (const [path, text] of writtenFiles(readSchema())) writeFileSync(path, text);
