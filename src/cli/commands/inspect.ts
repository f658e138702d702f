/** `grpc2lambda inspect`: shows the API and the plan. */
import { type Command, Option } from "commander";
import type { Flags } from "../config/flags.js";
import type { CommandContext } from "../command.js";
import { addOutputOptions, addProjectOptions } from "./project-options.js";

const examples = `
Examples:
  $ grpc2lambda inspect proto/ -I proto                  a table of services, RPCs, bindings and functions
  $ grpc2lambda inspect --json | jq '.files[].services'  the ApiModel
  $ grpc2lambda inspect --json plan | jq '.routes'       the Plan
  $ grpc2lambda inspect --suitability                    which RPCs fit, with care, or should stay; uses the last comparison
  $ grpc2lambda inspect --doors                          the front doors side by side, and which one to take`;

/** Defines `inspect`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addOutputOptions(addProjectOptions(command))
    .optionsGroup("Report:")
    .addOption(
      new Option("--json [what]", "print the ApiModel or the Plan as JSON").choices(["model", "plan"]).preset("model"),
    )
    .option("--doors", "compare the front doors for this API")
    .option("--suitability", "say per RPC whether it fits onto Lambda, with reasons")
    .addHelpText("after", examples)
    .action(
      async (
        protos: string[],
        flags: Flags & { readonly json?: "model" | "plan"; readonly doors?: boolean; readonly suitability?: boolean },
      ) => {
        const { runInspect } = await import("../run-inspect.js");
        exit(
          await runInspect(
            protos,
            flags,
            { json: flags.json, doors: flags.doors === true, suitability: flags.suitability === true },
            terminal,
          ),
        );
      },
    );
}
