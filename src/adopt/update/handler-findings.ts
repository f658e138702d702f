/** Findings about implementations and their RPCs, in words. */
import { type Diagnostic, diagnostic, type Location } from "../../diagnostics.js";
import type { MethodPlace } from "../code/methods.js";
import type { Sources, SyntaxFault } from "../code/sources.js";
import { type Member, memberName } from "./members.js";
import type { WantedMethod, WantedService } from "./wanted-service.js";

/** OU012: the parser gives up on a file. */
export function unparsableFile(file: string, { line, column, message }: SyntaxFault): Diagnostic {
  return diagnostic("OU012", `${file} cannot be parsed (${message.replace(/\.$/, "")}), and is left alone`, {
    location: { file, line, column, endLine: line, endColumn: column + 1 },
    help: "correct it, then run grpc2lambda generate --update-handlers again",
  });
}

/** OU013: RPCs without a method; `problem` says why none is added. */
export function missingMethods(
  sources: Sources,
  { name, implementation }: WantedService,
  missing: readonly WantedMethod[],
  place: MethodPlace | undefined,
  problem: string | undefined,
): Diagnostic {
  const names = missing.map((method) => method.name);
  const listed = names.slice(0, 5).join(", ") + (names.length > 5 ? ` and ${names.length - 5} more` : "");
  const start = { file: implementation.file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return diagnostic(
    "OU013",
    `the implementation of ${name} has no method for ${listed}, expected one for each RPC: calls of others are UNIMPLEMENTED`,
    {
      location: place === undefined ? start : locationOf(sources, place),
      help:
        problem === undefined
          ? "grpc2lambda generate --update-handlers adds methods for you to fill"
          : `write it by hand: ${problem}`,
    },
  );
}

/** OU014: a method whose RPC was removed or renamed. */
export function leftOverMethod(sources: Sources, { name }: WantedService, member: Member): Diagnostic {
  return diagnostic("OU014", `${memberName(member)} answers no RPC of ${name}, expected the name of one`, {
    location: locationOf(sources, member),
    help: "delete it; if its RPC was renamed, move its code into the method with the new name",
  });
}

function locationOf(sources: Sources, node: Member | MethodPlace): Location {
  const file = node.getSourceFile();
  const { line, column } = file.getLineAndColumnAtPos(node.getStart());
  return { file: sources.pathOf(file), line, column, endLine: line, endColumn: column + 1 };
}
