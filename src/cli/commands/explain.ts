/** `grpc2lambda explain`: who answers a request, and why. */
import type { Command } from "commander";
import type { Flags } from "../config/flags.js";
import type { CommandContext } from "../command.js";
import { addProjectOptions } from "./project-options.js";

const examples = `
Exit code: 0 when an RPC answers, 1 when none does, 2 when the command line, the protos or the configuration are wrong.

Examples:
  $ grpc2lambda explain GET /v1/shelves/1
  $ grpc2lambda explain POST /v1/shelves/1:merge --profile spec
  $ grpc2lambda explain --json GET /v1/shelves/1?name=x proto/ -I proto`;

/** Defines `explain`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  command
    .argument("<method>", "HTTP method")
    .argument("<path>", "path as it is sent, with its query; of a URL only these count");
  addProjectOptions(command)
    .optionsGroup("Report:")
    .option("--json", "print everything that is known about the request as JSON")
    .addHelpText("after", examples)
    .action(async (method: string, path: string, protos: string[], flags: Flags & { readonly json?: boolean }) => {
      const { runExplain } = await import("../run-explain.js");
      exit(await runExplain({ method, path }, protos, flags, { json: flags.json === true }, terminal));
    });
}
