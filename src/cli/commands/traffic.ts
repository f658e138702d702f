/** `grpc2lambda traffic`: who answers each RPC, and what a share of the requests can show. */
import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "../command.js";
import type { Flags } from "../config/flags.js";
import type { TrafficFlags } from "../migrate/run-traffic.js";
import { amount } from "./cost-options.js";
import { addOutputOptions, addProjectOptions } from "./project-options.js";

const examples = `
The share of an RPC is set in the configuration (traffic), and counts once it is generated and deployed.
Exit code: 0, 2 when the command line, the protos or the configuration are wrong.

Examples:
  $ grpc2lambda traffic
  $ grpc2lambda traffic --requests 100000
  $ grpc2lambda traffic --json | jq '.rpcs[] | select(.kind == "canary")'`;

/** Defines `traffic`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addOutputOptions(addProjectOptions(command))
    .optionsGroup("Report:")
    .option("--requests <number>", "requests a month of the API: says what a share can show", requestsOfMonth)
    .option("--json", "print everything as JSON")
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: Flags & TrafficFlags) => {
      const { runTraffic } = await import("../migrate/run-traffic.js");
      exit(await runTraffic(protos, flags, terminal));
    });
}

function requestsOfMonth(text: string): number {
  const value = amount(text);
  if (value > 0) return value;
  throw new InvalidArgumentError("Expected a number above 0.");
}
