/** Options about the use of an API in a month, and about the old service. */
import { type Command, InvalidArgumentError, Option } from "commander";

/** Adds them in groups of their own; `--requests` is required where `required` says so. */
export function addCostOptions(command: Command, requests: "required" | "optional"): Command {
  return command
    .optionsGroup("Use:")
    .addOption(
      new Option("--requests <number>", "requests a month")
        .argParser(amount)
        .makeOptionMandatory(requests === "required"),
    )
    .option("--duration <ms>", "milliseconds of one request on average (default: the last comparison)", amount)
    .option("--payload <bytes>", "request and reply together, on average, as they go over the wire", amount, 4000)
    .option("--logs <bytes>", "logs per request", amount, 1000)
    .option("--nat", "with a NAT gateway of its own, as functions in a VPC need for the internet")
    .option("--prices <file>", "prices (default: those that come with the tool)")
    .optionsGroup("Old service:")
    .option("--old-monthly <dollars>", "what it costs a month", amount)
    .option("--pods <number>", "pods of it, with --pod-price", amount)
    .option("--pod-price <dollars>", "what one costs a month", amount);
}

/** Reads a number of 0 or more. Throws InvalidArgumentError. */
export function amount(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?(e\d{1,2})?$/i.test(text) && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Expected a number of 0 or more.");
}
