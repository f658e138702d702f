/** `grpc2lambda init`: looks at the repository and writes the configuration and the files around it. */
import { type Command, Option } from "commander";
import type { CommandContext } from "../command.js";
import type { InitFlags } from "../init/init-flags.js";
import { collect, settingOption } from "./project-options.js";

const examples = `
Examples:
  $ grpc2lambda init                       asks on a terminal, else takes what it finds
  $ grpc2lambda init --yes --ci none       asks nothing, and writes no workflow
  $ grpc2lambda init --pipeline github     adds a workflow that deploys, and the roles for it
  $ grpc2lambda init --dry-run             shows what would be written
  $ grpc2lambda init --reflect localhost:50051
  $ grpc2lambda init --reflect grpcs://api.example.com:443 --reflect-header "authorization: env:TOKEN"

It looks at buf.yaml and .proto files, package.json, the servers in the code, and an existing gateway or deployment.
No file is overwritten: what is there stays as it is. Exit code 0: the files are there. 2: there are no .proto files, or a
file cannot be written, or the server cannot be read.

--reflect asks a running server for its protos (gRPC reflection, v1 or v1alpha) and writes them as a descriptor set, in which every
option is as the server has it, HTTP rules too. Without a scheme a server on this machine is asked without TLS, any other with it.`;

/** Defines `init`; every question has a flag. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  command
    .argument("[protos...]", ".proto files or folders (default: those of buf.yaml, or all that are found)")
    .addOption(settingOption("include", "where imports are looked up, repeatable"))
    .addOption(
      settingOption(
        "descriptorSet",
        "a FileDescriptorSet in place of .proto files; --reflect writes it (default: api.binpb)",
      ),
    )
    .addOption(
      settingOption("service", "only this service, repeatable (default: those that servers implement, if any)"),
    )
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
    .option("--server <file>", "prefer the server in this file to others of the same service, repeatable", collect)
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
    .optionsGroup("A running server:")
    .option("--reflect <address>", "read the protos of a server: host:port, grpc://host:port, grpcs://host:port")
    .option("--reflect-header <line>", 'header for it, "name: value" or "name: env:VARIABLE", repeatable', collect)
    .option("--reflect-authority <name>", "name in its certificate, where it is another than the host")
    .option("--reflect-ca <file>", "certificate of its authority, in PEM")
    .option("--reflect-cert <file>", "own certificate, in PEM (mutual TLS)")
    .option("--reflect-key <file>", "its key")
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: InitFlags) => {
      const { runInit } = await import("../run-init.js");
      exit(await runInit(protos, flags, terminal));
    });
}
