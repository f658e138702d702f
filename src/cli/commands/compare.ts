/** `grpc2lambda compare`: the same requests to the old service and to the new functions. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { CommandContext } from "../command.js";
import type { CompareFlags } from "../compare/compare-flags.js";
import type { Flags } from "../config/flags.js";
import { addReportOptions, type ReportFlags, reportFormat } from "../report/report-options.js";
import { addProjectSettings, collect } from "./project-options.js";

const examples = `
Each request goes to both sides at the same moment, and to the old one again, so that what it does to itself is told apart.
Only requests that change nothing are sent: GET, HEAD, and RPCs with idempotency_level = NO_SIDE_EFFECTS. --unsafe names others.
Secrets are redacted in everything that is written.

Exit code: 0 no difference that counts, 1 differences, 2 bad input, 3 a bug, 4 nothing could be compared, or it was stopped.

Examples:
  $ grpc2lambda compare --old https://api.old.example.com --new dev --generate 200
  $ grpc2lambda compare requests.jsonl --old http://localhost:8081 --new dev --noise off
  $ grpc2lambda compare traffic.har access.log.gz --old https://api.old.example.com --new https://abc.execute-api.eu-west-1.amazonaws.com --sign new=execute-api:eu-west-1
  $ grpc2lambda compare recorded.gor --old recorded --new dev
  $ grpc2lambda compare requests.jsonl --old grpc://localhost:50051 --new dev --unsafe CreateShelf
  $ grpc2lambda compare requests.jsonl --plan                          what would be sent; nothing is`;

/** Defines `compare`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  command.argument("[requests...]", "recordings: JSON lines, HAR, goreplay, logs of ALB, nginx or Envoy; also gzipped");
  addProjectSettings(command).optionsGroup("Sides:");
  addSideOptions(command).optionsGroup("Requests:");
  addRequestOptions(command).optionsGroup("Result:");
  addReportOptions(addResultOptions(command))
    .addHelpText("after", examples)
    .action(async (requests: string[], flags: Flags & CompareFlags & ReportFlags) => {
      const { runCompare } = await import("../migrate/run-compare.js");
      exit(await runCompare(requests, flags, reportFormat(flags, terminal.env), terminal));
    });
}

function addSideOptions(command: Command): Command {
  return command
    .option("--old <url>", "the old service: https://…, http://…, grpc://host:port, grpcs://…, or recorded")
    .option("--new <url>", "the new functions: a URL, or dev for the generated ones in this process (default: dev)")
    .option(
      "--header <line>",
      "header for both sides, repeatable; 'Authorization: env:TOKEN' reads a variable",
      collect,
    )
    .option("--old-header <line>", "header for the old side, repeatable", collect)
    .option("--new-header <line>", "header for the new side, repeatable", collect)
    .option("--sign <side=service:region>", "sign requests with the AWS_ variables: new=execute-api:eu-west-1", collect)
    .option("--wait <seconds>", "time for one answer (default: 30)", positive);
}

function addRequestOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--format <name>", "of the recordings (default: by their beginning)").choices([
        ...["jsonl", "har", "gor", "alb", "nginx", "envoy"],
      ]),
    )
    .option(
      "--host <name>",
      "host of a HAR whose cookies and credentials are sent, repeatable (default: that of most RPCs)",
      collect,
    )
    .option("--generate <number>", "make requests from the schema, in addition to recordings", whole)
    .option("--seed <number>", "of generated requests (default: 1)", whole)
    .option("--unsafe <rpc>", "send requests of this RPC although they change something, repeatable", collect)
    .option("--unsafe-all", "send requests of all RPCs")
    .option("--only <rpc>", "requests of this RPC only, repeatable", collect)
    .option("--except <rpc>", "no requests of this RPC, repeatable", collect)
    .option("--limit <number>", "send at most so many requests", whole)
    .option("--sample <percent>", "send a part of the requests, the same part each time: 10%", percent)
    .option("--rate <number>", "requests a second at most, to each side (default: no limit)", positive)
    .option("--concurrency <number>", "requests at a time (default: 4)", whole)
    .addOption(new Option("--noise <what>", "ask the old side twice, or off (default: old)").choices(["old", "off"]))
    .option("--plan", "say what would be sent, and send nothing");
}

function addResultOptions(command: Command): Command {
  return command
    .option("--results <folder>", "folder of results.jsonl, summary.json, accepted.json (default: compare)")
    .option("--resume", "go on with the results that are there")
    .option("--accept", "write the differences that are found into accepted.json, and exit with 0")
    .option("--no-bodies", "keep no bodies of answers")
    .option(
      "--fail-on <classes>",
      "differences that count: missing, status, shape, value (default), order, header, wording, latency",
    )
    .option("--require-all", "exit with 4 if an RPC was not compared");
}

function positive(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError("Expected a number above 0.");
}

function whole(text: string): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError("Expected a whole number above 0.");
}

function percent(text: string): number {
  const value = Number(text.replace(/%$/, ""));
  if (/^\d+(\.\d+)?%$/.test(text) && value > 0 && value <= 100) return value / 100;
  throw new InvalidArgumentError("Expected a part such as 10%.");
}
