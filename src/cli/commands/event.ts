/** `grpc2lambda event`: the event that a front door would make of a request, or of a request of each RPC. */
import { type Command, Option } from "commander";
import { type FrontDoorId, frontDoorIds } from "../../front-door/front-door-id.js";
import type { CommandContext } from "../command.js";
import type { Flags } from "../config/flags.js";
import { addProjectOptions, collect } from "./project-options.js";

const examples = `
The event is on stdout, the function that gets it on stderr. The same request makes the same event.
--all writes an event of each RPC and front door into a folder, with an ordinary request by the schema. --power-tuning writes a file per RPC
that AWS Lambda Power Tuning takes once its lambdaARN is filled in: with the GET requests of the last comparison by how often they came, or
with one by the schema. Neither has headers or bodies of a recording.
Exit code: 0, 1 when the front door answers by itself, 2 when the command line, the protos or the configuration are wrong, 4 when a file
cannot be written.

Examples:
  $ grpc2lambda event GET /v1/shelves/1                           behind the front door of grpc2lambda.yaml
  $ grpc2lambda event GET '/v1/books?filter.author=Lem' --door alb > event.json
  $ grpc2lambda event POST /v1/shelves --header 'From: ada' --body '{"theme":"THEME_FICTION"}'
  $ grpc2lambda event POST /v1/books:import --body @books.json
  $ grpc2lambda event --all --to events
  $ grpc2lambda event --power-tuning --to power-tuning
  $ sam local invoke GetShelf --event event.json`;

interface EventFlags {
  readonly door?: FrontDoorId;
  readonly header?: readonly string[];
  readonly body?: string;
  readonly all?: boolean;
  readonly powerTuning?: boolean;
  readonly to: string;
}

/** Defines `event`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  command
    .argument("[method]", "HTTP method")
    .argument("[path]", "path as it is sent, with its query; of a URL only these count");
  addProjectOptions(command)
    .optionsGroup("Request:")
    .addOption(new Option("--door <id>", "front door (default: that of the configuration)").choices(frontDoorIds))
    .option("--header <line>", "header of the request, such as 'From: ada', repeatable", collect)
    .option("--body <text>", "body of the request; @file reads it from a file")
    .optionsGroup("Every RPC:")
    .addOption(
      new Option("--all", "an event of each RPC, for every front door or for --door").conflicts([
        "header",
        "body",
        "powerTuning",
      ]),
    )
    .addOption(
      new Option("--power-tuning", "an input of AWS Lambda Power Tuning per RPC").conflicts(["header", "body"]),
    )
    .option("--to <folder>", "folder of the files", "events")
    .addHelpText("after", examples)
    .action(
      async (
        method: string | undefined,
        path: string | undefined,
        protos: readonly string[],
        flags: Flags & EventFlags,
      ) => {
        const { door, header = [], body = "", all, powerTuning, to } = flags;
        const project: Flags = door === undefined ? flags : flagsFor(flags, door);
        if (all === true || powerTuning === true) {
          const { runEventFiles } = await import("../migrate/run-event-files.js");
          const options = {
            kind: all === true ? ("fixtures" as const) : ("power tuning" as const),
            to,
            ...(door === undefined ? {} : { door }),
            flagsFor: (id: FrontDoorId) => flagsFor(flags, id),
          };
          const files = [method, path].filter((each) => each !== undefined);
          exit(await runEventFiles(options, [...files, ...protos], project, terminal));
          return;
        }
        if (method === undefined || path === undefined)
          command.error("error: expected a method and a path, --all or --power-tuning");
        const { runEvent } = await import("../migrate/run-event.js");
        exit(await runEvent({ method, path, headers: header, body }, protos, project, terminal));
      },
    );
}

function flagsFor(flags: Flags, door: FrontDoorId): Flags {
  return { ...flags, frontDoor: door, ...authFor(door) };
}

/** A load balancer does not check signatures, which is the default elsewhere; its events are the same whoever may call. */
function authFor(door: FrontDoorId): Pick<Flags, "auth"> {
  return door === "alb" ? { auth: "none" } : {};
}
