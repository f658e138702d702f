/** `grpc2lambda cost`: dollars a month behind each front door, and against the old service. */
import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "../command.js";
import type { Flags } from "../config/flags.js";
import type { CostOptions } from "../migrate/run-cost.js";
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
  addOutputOptions(addProjectOptions(command))
    .optionsGroup("Use:")
    .requiredOption("--requests <number>", "requests a month", amount)
    .option("--duration <ms>", "milliseconds of one request on average (default: the last comparison)", amount)
    .option("--payload <bytes>", "request and reply together, on average, as they go over the wire", amount, 4000)
    .option("--logs <bytes>", "logs per request", amount, 1000)
    .option("--nat", "with a NAT gateway of its own, as functions in a VPC need for the internet")
    .optionsGroup("Old service:")
    .option("--old-monthly <dollars>", "what it costs a month", amount)
    .option("--pods <number>", "pods of it, with --pod-price", amount)
    .option("--pod-price <dollars>", "what one costs a month", amount)
    .optionsGroup("Report:")
    .option("--prices <file>", "prices (default: those that come with the tool)")
    .option("--json", "print everything as JSON")
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: Flags & CostOptions) => {
      const { runCost } = await import("../migrate/run-cost.js");
      exit(await runCost(protos, flags, terminal));
    });
}

function amount(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?(e\d{1,2})?$/i.test(text) && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Expected a number of 0 or more.");
}
