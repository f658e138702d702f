/** `grpc2lambda record`: a redacting proxy in front of the old service. */
import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "../command.js";
import type { Flags } from "../config/flags.js";
import type { RecordOptions } from "../migrate/run-record.js";
import { addProjectOptions } from "./project-options.js";

const examples = `
Everything is passed on unchanged. Requests are recorded with their answers, one a line, without secrets; the first of every route,
status and set of parameters is kept whatever the sample. Ctrl-C ends it.
Exit code: 0, 2 when the command line, the protos or the configuration are wrong, 4 when the file cannot be written.

Examples:
  $ grpc2lambda record --upstream http://localhost:8081 --port 8080
  $ grpc2lambda record --upstream https://api.old.example.com --to monday.jsonl --sample 10% --limit 5000`;

/** Defines `record`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addProjectOptions(command)
    .optionsGroup("Recording:")
    .requiredOption("--upstream <url>", "the old service")
    .option("-p, --port <number>", "port to listen on, 0 for a free one", port, 8080)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--to <file>", "file that lines are added to", "requests.jsonl")
    .option("--sample <percent>", "part of the requests that is kept: 10%", percent, 1)
    .option("--limit <number>", "end after so many recorded requests", whole)
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: Flags & RecordOptions) => {
      const { runRecord } = await import("../migrate/run-record.js");
      exit(await runRecord(protos, flags, terminal));
    });
}

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("Expected a port number from 0 to 65535.");
}

function percent(text: string): number {
  const value = Number(text.replace(/%$/, ""));
  if (/^\d+(\.\d+)?%$/.test(text) && value > 0 && value <= 100) return value / 100;
  throw new InvalidArgumentError("Expected a part such as 10%.");
}

function whole(text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("Expected a whole number above 0.");
}
