/** Options and arguments of every command that reads protos. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { defaultTarget, targetIds } from "../../plan/deployment-target-id.js";
import { defaultFrontDoor, frontDoorIds } from "../../front-door/front-door-id.js";

/**
 * Adds what `Flags` holds. Nothing has a default here: what is not given is left to grpc2lambda.yaml. The texts name the
 * defaults that apply without either.
 */
export function addProjectOptions(command: Command): Command {
  const withProtos = command.argument(
    "[protos...]",
    ".proto files or folders; without any, those of the configuration",
  );
  return addProjectSettings(withProtos);
}

/** Adds the options of `addProjectOptions` to a command whose arguments are something else than protos. */
export function addProjectSettings(command: Command): Command {
  return addTranscodingOptions(addInputOptions(command));
}

/** Adds the options that only matter to files: places and deployment. */
export function addOutputOptions(command: Command): Command {
  return command
    .optionsGroup("Output:")
    .option("-o, --out <folder>", "generated files (default: gen)")
    .option("--handlers <folder>", "your handlers, scaffolded once (default: src/handlers)")
    .option("--template <file>", "deployment template (default: template.yaml)")
    .option("--zips <folder>", "zips of the functions, which build makes (default: build/lambda)")
    .optionsGroup("Deployment:")
    .addOption(new Option("--target <id>", `tool that deploys (default: ${defaultTarget})`).choices(targetIds))
    .addOption(
      new Option("--front-door <id>", `what requests come in through (default: ${defaultFrontDoor})`).choices(
        frontDoorIds,
      ),
    )
    .addOption(
      new Option("--functions <which>", "which RPCs share a function (default: per-rpc)").choices([
        "per-rpc",
        "per-service",
        "single",
      ]),
    )
    .option("--api-name <name>", "name of the API (default: from the package)", parseApiName)
    .addOption(
      new Option("--runtime <id>", "Lambda runtime (default: nodejs24.x)").choices(["nodejs24.x", "nodejs22.x"]),
    )
    .addOption(new Option("--architecture <id>", "processor (default: arm64)").choices(["arm64", "x86_64"]))
    .option("--memory-size <MB>", "memory per function (default: 512)", numberBetween(128, 10240))
    .option("--timeout <seconds>", "time per invocation (default: 28)", numberBetween(1, 900))
    .option("--log-retention-days <days>", "how long logs are kept (default: 30)", parseRetention)
    .addOption(new Option("--auth <kind>", "who may call (default: iam)").choices(["iam", "jwt", "none"]));
}

function addInputOptions(command: Command): Command {
  return command
    .optionsGroup("Input:")
    .option("-c, --config <file>", "configuration (default: grpc2lambda.yaml, if there is one)")
    .option("-I, --include <folder>", "where imports are looked up, repeatable (default: .)", collect)
    .option("--descriptor-set <file>", "read a FileDescriptorSet instead of .proto text (buf build -o image.binpb)")
    .option("--service-config <file>", "http rules from a google.api.Service YAML file, repeatable", collect)
    .option("--service <name>", "only this service, by full name, repeatable", collect)
    .option("--skip <method>", "leave this RPC out, by full name, repeatable", collect)
    .option("--bind-unbound", "methods without a rule become POST /package.Service/Method")
    .option(
      "--any-type <name>",
      "message that an Any may hold, or pattern (acme.*), repeatable (default: every linked one)",
      collect,
    );
}

function addTranscodingOptions(command: Command): Command {
  return command
    .optionsGroup("Messages and JSON:")
    .addOption(
      new Option("--messages <preset>", "shape of messages in handlers (default: idiomatic)").choices([
        "idiomatic",
        "proto-loader",
        "ts-proto",
        "protobuf-es",
      ]),
    )
    .addOption(
      new Option("--profile <name>", "whose behaviour (default: grpc-gateway)").choices(["grpc-gateway", "spec"]),
    )
    .addOption(
      new Option("--gateway <version>", "which grpc-gateway the profile of that name is (default: 2.33)").choices([
        "2.30",
        "2.33",
      ]),
    )
    .option("--emit-defaults", "print fields that hold their default (default)")
    .option("--no-emit-defaults", "leave them out")
    .option("--original-names", "print field names as declared")
    .option("--enums-as-numbers", "print enum values as numbers")
    .addOption(
      new Option("--unknown-fields <what>", "unknown JSON members and parameters").choices(["ignore", "reject"]),
    )
    .option("--allow-delete-body", "accept a body in the rule of a DELETE");
}

/** Reads an option that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

function numberBetween(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${minimum} to ${maximum}.`);
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

function parseRetention(text: string): number {
  if (retentionDays.includes(Number(text))) return Number(text);
  throw new InvalidArgumentError(`Expected one of ${retentionDays.join(", ")}.`);
}

function parseApiName(text: string): string {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text) && text.length <= 40) return text;
  throw new InvalidArgumentError("Expected lower-case words joined by hyphens, such as library-api.");
}
