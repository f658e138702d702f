/** `grpc2lambda idle`: prints the commands that find functions nobody calls. */
import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "../command.js";
import type { Flags } from "../config/flags.js";
import { addProjectOptions } from "./project-options.js";

const examples = `
It asks AWS nothing itself: it prints a script for a shell that has the AWS CLI, which lists the calls of each function, the
fewest first.

Examples:
  $ grpc2lambda idle                                  what it would ask
  $ grpc2lambda idle --stage prod --days 90 | sh      asks it
  $ grpc2lambda idle --stack library-of-prod | sh     a stack of another name`;

/** Days for which CloudWatch keeps the sums of a day. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html */
const maxDays = 455;

/** Defines `idle`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addProjectOptions(command)
    .optionsGroup("Deployment:")
    .option("--stage <stage>", "stage that is asked about", "dev")
    .option("--stack <name>", "stack of CloudFormation (default: <API>-<stage>)")
    .option("--days <number>", "days back from now, 1 to 455", readDays, 30)
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: Flags & IdleFlags) => {
      const { runIdle } = await import("../run-idle.js");
      exit(await runIdle(protos, flags, flags, terminal));
    });
}

/** Options of `idle` alone. */
interface IdleFlags {
  readonly stage: string;
  readonly stack?: string;
  readonly days: number;
}

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= maxDays) return days;
  throw new InvalidArgumentError(`expected 1 to ${maxDays}`);
}
