/** The descriptor set that `init` reads in place of .proto files: a file, or what a running server says of itself. */
import type { GivenSet } from "../../adopt/look.js";
import { describeReflection } from "../../adopt/reflection/describe-reflection.js";
import { startProgress } from "../progress.js";
import { printable } from "../report/printable.js";
import type { Terminal } from "../terminal.js";
import type { InitFlags } from "./init-flags.js";
import { readServer } from "./reflect.js";

/** A descriptor set of the command line, with doubts about it. */
export type ReadSet = GivenSet & { readonly doubts: readonly string[] };

/** The set that --descriptor-set names, or that the server of --reflect describes; a text says why there is none. */
export async function readGivenSet(
  protos: readonly string[],
  flags: InitFlags,
  inProject: (path: string) => string,
  terminal: Terminal,
): Promise<ReadSet | string | undefined> {
  const { reflect: address, descriptorSet } = flags;
  if (address === undefined) {
    if (descriptorSet === undefined) return undefined;
    return { path: inProject(descriptorSet), protos, source: inProject(descriptorSet), doubts: [] };
  }
  if (protos.length > 0) return "--reflect reads the protos of a server, and .proto files are named as well";
  const progress = startProgress(terminal);
  progress.say(`asking ${printable(address)} for its protos`);
  const found = await readServer(address, flags, terminal);
  progress.clear();
  if (typeof found === "string") return found;
  return {
    path: inProject(descriptorSet ?? "api.binpb"),
    bytes: found.descriptorSet,
    protos: found.targets,
    source: `${address}, ${found.version}`,
    doubts: describeReflection(found),
  };
}
