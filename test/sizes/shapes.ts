/** Inputs that are large in one respect each: as a function of their size, what the tool is given. */
import { blanks } from "./shapes/blanks.js";
import { configurations } from "./shapes/configurations.js";
import { declarations } from "./shapes/declarations.js";
import { mistakes } from "./shapes/mistakes.js";
import type { SizeShape } from "./shapes/shape.js";

/** All of them. */
export const sizeShapes: readonly SizeShape[] = [...declarations, ...blanks, ...mistakes, ...configurations];
