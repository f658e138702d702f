/** `grpc2lambda event`: the event that a front door would make of a request. */
import { type Command, Option } from "commander";
import { type FrontDoorId, frontDoorIds } from "../../front-door/front-door-id.js";
import type { CommandContext } from "../command.js";
import type { Flags } from "../config/flags.js";
import { addProjectOptions, collect } from "./project-options.js";

const examples = `
The event is on stdout, the function that gets it on stderr. The same request makes the same event.
Exit code: 0, 1 when the front door answers by itself, 2 when the command line, the protos or the configuration are wrong.

Examples:
  $ grpc2lambda event GET /v1/shelves/1                           behind the front door of grpc2lambda.yaml
  $ grpc2lambda event GET '/v1/books?filter.author=Lem' --door alb > event.json
  $ grpc2lambda event POST /v1/shelves --header 'From: ada' --body '{"theme":"THEME_FICTION"}'
  $ grpc2lambda event POST /v1/books:import --body @books.json
  $ sam local invoke GetShelf --event event.json`;

interface EventFlags {
  readonly door?: FrontDoorId;
  readonly header?: readonly string[];
  readonly body?: string;
}

/** Defines `event`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  command
    .argument("<method>", "HTTP method")
    .argument("<path>", "path as it is sent, with its query; of a URL only these count");
  addProjectOptions(command)
    .optionsGroup("Request:")
    .addOption(new Option("--door <id>", "front door (default: that of the configuration)").choices(frontDoorIds))
    .option("--header <line>", "header of the request, such as 'From: ada', repeatable", collect)
    .option("--body <text>", "body of the request; @file reads it from a file")
    .addHelpText("after", examples)
    .action(async (method: string, path: string, protos: string[], flags: Flags & EventFlags) => {
      const { runEvent } = await import("../migrate/run-event.js");
      const { door, header = [], body = "" } = flags;
      const project: Flags = door === undefined ? flags : { ...flags, frontDoor: door, ...authFor(door) };
      exit(await runEvent({ method, path, headers: header, body }, protos, project, terminal));
    });
}

/** A load balancer does not check signatures, which is the default elsewhere; its events are the same whoever may call. */
function authFor(door: FrontDoorId): Pick<Flags, "auth"> {
  return door === "alb" ? { auth: "none" } : {};
}
