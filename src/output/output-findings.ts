/** Findings of the comparison about obstacles, in words. */
import { type Diagnostic, diagnostic, type Location } from "../diagnostics.js";
import type { FileComparison } from "./compare.js";
import type { DiskEntry } from "./project-folder.js";

/** OU006: an output folder that is new to us and not empty; `foreign` are some of the files in it. */
export function foreignFolder(outDir: string, foreign: readonly string[]): Diagnostic {
  const names = foreign.slice(0, 3).join(", ") + (foreign.length > 3 ? ", …" : "");
  return diagnostic(
    "OU006",
    `the output folder ${outDir} holds files that grpc2lambda did not write (${names}), expected an empty folder`,
    { help: "choose another folder with --out, or move these files away" },
  );
}

/** OU002: somebody else's file at a generated path. */
export function foreignFile(path: string): Diagnostic {
  return diagnostic(
    "OU002",
    `${path} exists and was not written by grpc2lambda, expected nothing or a generated file there`,
    { location: wholeFile(path), help: "move the file away, or choose other places with --out and --template" },
  );
}

/** OU007: a generated file without write permission that has to change. */
export function readOnlyFile(path: string): Diagnostic {
  return diagnostic("OU007", `${path} has to change and is read-only, expected a file that can be written`, {
    location: wholeFile(path),
    help: `make it writable: chmod u+w ${path}`,
  });
}

/** OU001 for a link out of the project, OU008 for anything else that is not a file. */
export function blockedPath(entry: Exclude<DiskEntry, { readonly kind: "file" | "absent" }>): Diagnostic {
  if (entry.kind === "outside") {
    return diagnostic(
      "OU001",
      `${entry.at} is a link that leads out of the project folder, expected a path inside it`,
      { help: "replace the link with a folder, or run from a folder that holds both" },
    );
  }
  return diagnostic("OU008", `${entry.at} ${entry.reason}`, {
    help: "move it away, or choose other places with --out, --handlers and --template",
  });
}

/** OU005: a manifest of ours that is damaged, by a merge for one. */
export function unreadableManifest(path: string, problem: string): Diagnostic {
  return diagnostic(
    "OU005",
    `${path} cannot be read as a manifest (${problem}), so that only the lines in it count that are whole, expected it as it was written`,
    { location: wholeFile(path), help: "grpc2lambda generate writes it anew" },
  );
}

/** OU015: output that a newer version wrote, which this one would take back. */
export function newerOutput(path: string, found: string): Diagnostic {
  return diagnostic(
    "OU015",
    `${path} was written by a newer version of grpc2lambda (${found}), expected output of this version or an older one`,
    {
      location: wholeFile(path),
      help: "install that version, as the lockfile of whoever committed the file has it",
    },
  );
}

/** OU003: a generated file that would be lost, and is not what the manifest lists. */
export function editedFile(file: FileComparison): Diagnostic {
  const fate = file.state === "edited" ? "overwritten" : "removed";
  return diagnostic(
    "OU003",
    `${file.path} was edited by hand and would be ${fate}, expected the file as it was generated`,
    {
      location: wholeFile(file.path),
      help: "move the change to where it comes from (the .proto file, the handler, grpc2lambda.yaml), then run generate --force",
    },
  );
}

/** OU010: files with our banner that differ from what would be written, and of which no manifest says how they were written. */
export function unrecordedFiles(files: readonly FileComparison[], outDir: string): Diagnostic {
  const paths = files.map((file) => file.path);
  const names = paths.slice(0, 3).join(", ") + (paths.length > 3 ? `, and ${paths.length - 3} more` : "");
  const [they, them] = paths.length === 1 ? ["it was", "it"] : ["they were", "them"];
  return diagnostic(
    "OU010",
    `${names} would be overwritten or removed, and ${outDir}/manifest.json does not tell whether ${they} edited by hand, expected a manifest that lists ${them}`,
    {
      location: wholeFile(paths[0] ?? outDir),
      help: `bring back the manifest that was committed with ${them}, or look at ${them} and run generate --force`,
    },
  );
}

/** OU009. System errors carry absolute paths, in their message too; the code and the call are enough to act on. */
export function failedWrite(error: unknown, notUndone: readonly string[]): Diagnostic {
  if (!(error instanceof Error && "code" in error)) throw error;
  const names = notUndone.slice(0, 3).join(", ") + (notUndone.length > 3 ? `, and ${notUndone.length - 3} more` : "");
  const outcome = notUndone.length === 0 ? "was undone" : `was undone except for ${names}`;
  return diagnostic(
    "OU009",
    `writing the output failed (${String(error.code)}) and ${outcome}, expected a disk that can be written`,
    { help: "look at free space and at the permissions of the output folders, then run generate again" },
  );
}

/** OU011: another run has been writing for longer than we wait. */
export function busyFolder(outDir: string, owner: string): Diagnostic {
  return diagnostic(
    "OU011",
    `another run (${owner}) is writing to ${outDir}, expected it to be done within half a minute`,
    { help: `wait for it, or remove ${outDir}/.grpc2lambda when there is no such run` },
  );
}

/** An empty span at the start of a file speaks of the file, not of its first line. */
function wholeFile(file: string): Location {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
