/** `grpc2lambda routes`: lists the bindings in the order in which they are tried. */
import type { Command } from "commander";
import type { Flags } from "../config/flags.js";
import type { CommandContext } from "../command.js";
import { addProjectOptions } from "./project-options.js";

const examples = `
The binding that stands first answers where several match. In the grpc-gateway profile that is the one declared last, in the
spec profile the most specific one.

Examples:
  $ grpc2lambda routes                         those of the protos that grpc2lambda.yaml names
  $ grpc2lambda routes proto/ -I proto --profile spec
  $ grpc2lambda routes --json | jq '.[].routeKey'`;

/** Defines `routes`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addProjectOptions(command)
    .optionsGroup("Report:")
    .option("--json", "print the rows of routes.json in this order")
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: Flags & { readonly json?: boolean }) => {
      const { runRoutes } = await import("../run-routes.js");
      exit(await runRoutes(protos, flags, { json: flags.json === true }, terminal));
    });
}
