/** Writes docs/gateway-differences.md. */
import { writeFileSync } from "node:fs";
import { differenceClasses } from "./classes/classes.js";
import { differenceTable } from "./classes/table.js";

writeFileSync("docs/gateway-differences.md", differenceTable(differenceClasses));
