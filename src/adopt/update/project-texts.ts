/** The sources of a project while methods are added: as they are on the disk, and over that as they will be. */
import { readBounded } from "../../bounded-file.js";
import { join } from "node:path";
import { openSources, type Sources } from "../code/sources.js";
import { maxSourceBytes, readText } from "../read-text.js";
import { listFiles } from "../repository/walk.js";

/** A file of the user to which methods are added. */
export interface HandlerChange {
  /** Relative to the project root. */
  readonly path: string;
  /** The whole text on the disk, with its byte order mark. */
  readonly before: string;
  readonly after: string;
  /** Names of the methods that are added. */
  readonly added: readonly string[];
}

/** Texts by path relative to the project root. */
export interface ProjectTexts {
  /** Parses the texts as they are by now. */
  open(): Sources;
  /** Puts a text in place of that of a file, in which `method` was added. */
  put(path: string, text: string, method: string): void;
  /** The files that differ from the disk. */
  changes(): readonly HandlerChange[];
}

/** Opens the project at `root` (absolute). Nothing is written. */
export function openProjectTexts(root: string): ProjectTexts {
  const { files } = listFiles(root);
  const texts = new Map<string, string | undefined>();
  const added = new Map<string, string[]>();
  const read = (path: string): string | undefined => {
    if (!texts.has(path)) texts.set(path, readText(root, path));
    return texts.get(path);
  };
  return {
    open: () => openSources(root, files, read),
    put: (path, text, method) => {
      texts.set(path, text);
      added.set(path, [...(added.get(path) ?? []), method]);
    },
    changes: () =>
      [...added].flatMap(([path, names]) => {
        const before = textOnDisk(join(root, path));
        const mark = before?.startsWith("\uFEFF") ? "\uFEFF" : "";
        return before === undefined ? [] : [{ path, before, after: mark + (texts.get(path) ?? ""), added: names }];
      }),
  };
}

/** Undefined for bytes that are not UTF-8: written back, they would be others. */
function textOnDisk(file: string): string | undefined {
  const read = readBounded(file, maxSourceBytes);
  if (read.kind === "tooLarge") return undefined;
  const text = read.bytes.toString("utf8");
  return Buffer.from(text).equals(read.bytes) ? text : undefined;
}
