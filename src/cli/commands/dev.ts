/** `grpc2lambda dev`: a local server. */
import { type Command, InvalidArgumentError } from "commander";
import type { Flags } from "../config/flags.js";
import type { CommandContext } from "../command.js";
import { addOutputOptions, addProjectOptions, collect } from "./project-options.js";

const examples = `
Examples:
  $ grpc2lambda dev                     generate, bundle and listen on http://127.0.0.1:3000
  $ grpc2lambda dev --port 0            on a free port
  $ grpc2lambda dev --front-door alb    behind a load balancer; generates for it

Each request becomes the event that the front door would send, with its path decoding and limits; the function that its routes
or rules lead to runs from its bundle. Function URLs share the one address: a request goes to the function with the most specific
matching rule, or else to the first one. Replies that stream arrive as they are written, where the front door passes them on.
Protos, configuration and sources are watched. Ctrl-C stops it.`;

/** Environment variable with names as `--allow-host` takes them, with commas between. */
const allowHostVariable = "GRPC2LAMBDA_ALLOW_HOST";

interface DevFlags {
  readonly port: number;
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly watch: boolean;
}

/** Defines `dev`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addOutputOptions(addProjectOptions(command))
    .optionsGroup("Server:")
    .option("-p, --port <number>", "port to listen on, 0 for a free one", parsePort, 3000)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--allow-host <name>", `name that requests may be for, repeatable; also ${allowHostVariable}`, collect)
    .option("--no-watch", "do not generate and bundle again when files change")
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: Flags & DevFlags) => {
      const { runDev } = await import("../run-dev.js");
      const { port, host, allowHost = [], watch } = flags;
      const named = (terminal.env[allowHostVariable] ?? "").split(",").filter((name) => name !== "");
      const names = [...allowHost, ...named];
      exit(await runDev(protos, flags, { port, host, names, watch }, terminal));
    });
}

function parsePort(text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("Expected a port number from 0 to 65535.");
}
