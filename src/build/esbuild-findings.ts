/** esbuild's messages as findings. */
import { relative, resolve } from "node:path";
import type { Location as EsbuildLocation, Message } from "esbuild";
import { type Diagnostic, diagnostic, type Location } from "../diagnostics.js";
import { withSlashes } from "../path-inside.js";
import { packageOf } from "./package-manifest.js";

/** Folders that paths are relative to, absolute: esbuild's to the root, those of findings to the working directory. */
export interface FindingPlace {
  readonly root: string;
  readonly cwd: string;
}

/** The messages of a run of esbuild. */
interface Messages {
  readonly errors: readonly Message[];
  readonly warnings: readonly Message[];
}

/** A finding for every error and warning, and for `later` errors, to which the run had not come. */
export function describeMessages(
  { errors, warnings }: Messages,
  later: readonly Message[],
  place: FindingPlace,
): Diagnostic[] {
  const findings = [
    ...[...errors, ...later].map((message) => describeError(message, place)),
    ...warnings.map((message) =>
      diagnostic("BD004", oneLine(message.text), { location: locate(message.location, place) }),
    ),
  ];
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function describeError(message: Message, place: FindingPlace): Diagnostic {
  const { text } = message;
  const location = locate(message.location, place);
  const module = unresolvedModule(message);
  if (module !== undefined) {
    const isFile = /^[./]/.test(module);
    return diagnostic(
      "BD002",
      `cannot find ${JSON.stringify(module)}, expected ${isFile ? "a file" : "a package"} of that name`,
      {
        location,
        help: isFile
          ? "restore the file, or correct the import"
          : `npm install ${packageOf(module)}, or name it under build.external if a layer or Lambda's runtime brings it`,
      },
    );
  }
  const [, from, name] = /^No matching export in "(.*)" for import "(.*)"$/s.exec(text) ?? [];
  if (name !== undefined) {
    return diagnostic("BD002", `${shown(String(from), place)} exports no ${name}, expected it to`, {
      location,
      help: "export it there, or correct the import; the setting implementation names the export of a service",
    });
  }
  return diagnostic("BD003", oneLine(text), { location, help: adviceOn(text) });
}

/** Advice on an import of a file that is no code, as packages with native modules have them; undefined for other errors. */
export function adviceOn(text: string): string | undefined {
  const [, name] = /^No loader is configured for .*node_modules\/((?:@[^/]+\/)?[^/]+)/s.exec(text) ?? [];
  return name === undefined
    ? undefined
    : `name ${name}, or the package that asks for it, under build.external, and ship it in a layer`;
}

/** The module that an error says is not there, as the import names it; undefined for other errors. */
export function unresolvedModule({ text }: Pick<Message, "text">): string | undefined {
  return /^Could not resolve "(.*)"/s.exec(text)?.[1];
}

/** Messages of esbuild may quote code of several lines. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** esbuild counts lines from 1, and columns in bytes of UTF-8 from 0. */
function locate(location: EsbuildLocation | null, place: FindingPlace): Location | undefined {
  if (location === null || !["", "file"].includes(location.namespace)) return undefined;
  const { line, column, length, lineText } = location;
  const bytes = Buffer.from(lineText);
  const characters = (end: number): number => bytes.subarray(0, end).toString("utf8").length;
  return {
    file: shown(location.file, place),
    line,
    column: characters(column) + 1,
    endLine: line,
    endColumn: characters(column + length) + 1,
  };
}

function shown(file: string, { root, cwd }: FindingPlace): string {
  return withSlashes(relative(cwd, resolve(root, file)));
}
