/** What the comparison finds in the way, in words. */
import type { Diagnostic, Location } from "../diagnostics.js";
import type { DiskEntry } from "./project-folder.js";

/** OU006: an output folder that is new to us and not empty; `foreign` are some of the files in it. */
export function foreignFolder(outDir: string, foreign: readonly string[]): Diagnostic {
  const names = foreign.slice(0, 3).join(", ") + (foreign.length > 3 ? ", …" : "");
  return {
    code: "OU006",
    severity: "error",
    message: `the output folder ${outDir} holds files that grpc2lambda did not write (${names}), expected an empty folder`,
    help: "choose another folder with --out, or move these files away",
  };
}

/** OU002: somebody else's file at a generated path. */
export function foreignFile(path: string): Diagnostic {
  return {
    code: "OU002",
    severity: "error",
    message: `${path} exists and was not written by grpc2lambda, expected nothing or a generated file there`,
    location: wholeFile(path),
    help: "move the file away, or choose other places with --out and --template",
  };
}

/** OU007: a generated file without write permission that has to change. */
export function readOnlyFile(path: string): Diagnostic {
  return {
    code: "OU007",
    severity: "error",
    message: `${path} has to change and is read-only, expected a file that can be written`,
    location: wholeFile(path),
    help: `make it writable: chmod u+w ${path}`,
  };
}

/** OU001 for a link out of the project, OU008 for anything else that is not a file. */
export function blockedPath(entry: Exclude<DiskEntry, { readonly kind: "file" | "absent" }>): Diagnostic {
  if (entry.kind === "outside") {
    return {
      code: "OU001",
      severity: "error",
      message: `${entry.at} is a link that leads out of the project folder, expected a path inside it`,
      help: "replace the link with a folder, or run from a folder that holds both",
    };
  }
  return {
    code: "OU008",
    severity: "error",
    message: `${entry.at} ${entry.reason}`,
    help: "move it away, or choose other places with --out, --handlers and --template",
  };
}

/** OU005: a manifest of ours that says nothing we understand. */
export function unreadableManifest(path: string, problem: string): Diagnostic {
  return {
    code: "OU005",
    severity: "warning",
    message: `${path} cannot be read as a manifest (${problem}): edited and left-over files go unnoticed this time`,
    location: wholeFile(path),
    help: "grpc2lambda generate writes it anew",
  };
}

/** An empty span at the start of a file speaks of the file, not of its first line. */
function wholeFile(file: string): Location {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
