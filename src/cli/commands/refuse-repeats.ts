/** Options that hold one value: a second one would replace the first without a word. */
import type { Command } from "commander";
import { collect } from "./project-options.js";

/** Makes a second use of an option that takes one value an error of the command line. Options that collect values are left alone. */
export function refuseRepeats(command: Command): void {
  for (const option of command.options) {
    if ((!option.required && !option.optional) || option.parseArg === collect) continue;
    let uses = 0;
    command.on(`option:${option.name()}`, () => {
      uses++;
      if (uses > 1) command.error(`error: option '${option.flags}' is given twice, expected once`);
    });
  }
}
