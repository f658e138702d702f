/** `grpc2lambda init`: looks at the repository and writes the configuration and the files around it. */
import { type Command, Option } from "commander";
import type { CommandContext } from "../command.js";
import type { InitFlags } from "../init/init-flags.js";
import { settingOption } from "./project-options.js";

const examples = `
Examples:
  $ grpc2lambda init                       asks on a terminal, else takes what it finds
  $ grpc2lambda init --yes --ci none       asks nothing, and writes no workflow
  $ grpc2lambda init --pipeline github     adds a workflow that deploys, and the roles for it
  $ grpc2lambda init --dry-run             shows what would be written

It looks at buf.yaml and .proto files, package.json, the servers in the code, and an existing gateway or deployment.
No file is overwritten: what is there stays as it is. Exit code 0: the files are there. 2: there are no .proto files, or a
file cannot be written.`;

/** Defines `init`; every question has a flag. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  command
    .argument("[protos...]", ".proto files or folders (default: those of buf.yaml, or all that are found)")
    .addOption(settingOption("include", "where imports are looked up, repeatable"))
    .addOption(settingOption("out"))
    .addOption(settingOption("handlers", "your handlers"))
    .addOption(settingOption("template"))
    .addOption(settingOption("frontDoor"))
    .addOption(
      new Option("--unbound <what>", "methods without a rule (default: bind if no method has one)").choices([
        "report",
        "bind",
        "ignore",
      ]),
    )
    .option("--wire", "run the servers that are found (default)")
    .option("--no-wire", "scaffold handlers instead")
    .addOption(
      new Option("--ci <which>", "workflow that checks pull requests (default: github)").choices(["github", "none"]),
    )
    .addOption(
      new Option("--pipeline <which>", "pipeline that checks, builds, deploys and tries it (default: none)").choices([
        "github",
        "codepipeline",
        "none",
      ]),
    )
    .option("--gitattributes", "fold generated files in reviews (default)")
    .option("--no-gitattributes", "leave .gitattributes alone")
    .option("--tsconfig", "write tsconfig.grpc2lambda.json (default: if the project has TypeScript)")
    .option("--no-tsconfig", "do not")
    .option("-y, --yes", "ask nothing")
    .option("--dry-run", "write nothing")
    .option("--json", "the report as JSON")
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: InitFlags) => {
      const { runInit } = await import("../run-init.js");
      exit(await runInit(protos, flags, terminal));
    });
}
