/** `grpc2lambda cost`: dollars a month behind each front door, and against the old service. */
import type { Command } from "commander";
import type { CommandContext } from "../command.js";
import type { Flags } from "../config/flags.js";
import type { CostOptions } from "../migrate/run-cost.js";
import { addCostOptions } from "./cost-options.js";
import { addOutputOptions, addProjectOptions } from "./project-options.js";

const examples = `
Prices are those of a dated file without free tiers; --prices names another. Without --duration the last comparison has it: the median of
the new side if that was deployed, of the old side otherwise.
Exit code: 0, 2 when the command line, the protos, the configuration or the prices are wrong.

Examples:
  $ grpc2lambda cost --requests 100000 --duration 178 --old-monthly 25.2
  $ grpc2lambda cost --requests 5e6 --duration 40 --payload 20000 --pods 3 --pod-price 32
  $ grpc2lambda cost --requests 100000 --duration 178 --json | jq '.doors[].total'`;

/** Defines `cost`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addCostOptions(addOutputOptions(addProjectOptions(command)), "required")
    .optionsGroup("Report:")
    .option("--json", "print everything as JSON")
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: Flags & CostOptions) => {
      const { runCost } = await import("../migrate/run-cost.js");
      exit(await runCost(protos, flags, terminal));
    });
}
