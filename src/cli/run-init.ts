/** The work of `init`. */
import { relative, resolve } from "node:path";
import { type AdoptedFile, adoptedFiles, gitattributesLines } from "../adopt/adopted-files.js";
import type { Answers } from "../adopt/files/configuration.js";
import { lookAt, type Repository } from "../adopt/look.js";
import { leaveOutForeign, proposeAnswers } from "../adopt/proposal.js";
import { describeFound, describeUnproven, nextCommands } from "../adopt/report.js";
import { type NewFileState, writeNewFiles } from "../output/write-new-files.js";
import { withSlashes } from "../path-inside.js";
import { exitCodes } from "./exit-codes.js";
import type { InitFlags } from "./init/init-flags.js";
import { readGivenSet } from "./init/given-set.js";
import { answerQuestions } from "./init/questions.js";
import { printable } from "./report/printable.js";
import { shellCommand } from "./shell-command.js";
import { type Terminal, tell } from "./terminal.js";

/** The findings and deeds of `init`. */
interface InitReport {
  readonly found: readonly string[];
  readonly files: readonly (
    | NewFileState
    | { readonly path: string; readonly state: "planned"; readonly text: string }
  )[];
  readonly unproven: readonly string[];
  readonly next: readonly string[];
}

/** Looks, asks, writes and reports; gives the exit code. */
export async function runInit(protos: readonly string[], flags: InitFlags, terminal: Terminal): Promise<number> {
  const root = terminal.cwd;
  const inProject = (path: string): string => withSlashes(relative(root, resolve(root, path))) || ".";
  const given = await readGivenSet(protos, flags, inProject, terminal);
  if (typeof given === "string") {
    terminal.stderr.write(`${printable(given)}\n`);
    return exitCodes.badInput;
  }
  const repository = lookAt(root, {
    ...(protos.length === 0 ? {} : { protos: protos.map(inProject) }),
    ...(flags.include === undefined ? {} : { include: flags.include.map(inProject) }),
    ...(given === undefined ? {} : { descriptorSet: given }),
  });
  const proposed = proposeAnswers(repository, {
    ...(given === undefined ? {} : { descriptorSet: given.path }),
    ...(flags.service === undefined ? {} : { only: flags.service }),
    servers: (flags.server ?? []).map(inProject),
  });
  const answers = leaveOutForeign(await answerQuestions(proposed, flags, terminal), repository);
  const isKnown = repository.protos.protos.length > 0 || given !== undefined;
  const planned = isKnown ? adoptedFiles(repository, answers, given) : [];
  const files =
    flags.dryRun === true
      ? planned.map(({ path, text }) => ({ path, state: "planned" as const, text: shownText(text) }))
      : writeNewFiles(root, planned, repository.gitRoot ?? root);
  const report: InitReport = {
    found: describeFound(repository, answers),
    files,
    unproven: [
      ...(given?.doubts ?? []),
      ...describeUnproven(repository, answers),
      ...keptLines(files, answers, repository),
    ],
    next:
      planned.length === 0
        ? [`grpc2lambda init ${shellCommand(repository.protosElsewhere.slice(0, 3)) || "<folder with .proto files>"}`]
        : nextCommands(repository, answers.tsconfig),
  };
  if (flags.json === true) terminal.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else tell(terminal, renderReport(report));
  return planned.length === 0 || files.some(({ state }) => state === "failed") ? exitCodes.badInput : exitCodes.clean;
}

function shownText(text: AdoptedFile["text"]): string {
  return typeof text === "string" ? text : `(${text.length} bytes)`;
}

/** Advice about files that were there before. */
function keptLines(files: InitReport["files"], answers: Answers, { gitRoot }: Repository): string[] {
  const kept = files.filter(({ state }) => state === "kept").map(({ path }) => path);
  return [
    ...(kept.includes(".gitattributes")
      ? [`.gitattributes is there: add \`${gitattributesLines(answers).join("` and `")}\` to it`]
      : []),
    ...kept
      .filter((path) => path === answers.descriptorSet)
      .map((path) => `${path} is there: remove it first to read the server anew`),
    ...(gitRoot === undefined ? ["this is no git repository: no workflow and no .gitattributes were written"] : []),
  ];
}

function renderReport({ found, files, unproven, next }: InitReport): string {
  const lines = files.flatMap((file) => {
    if (file.state === "planned")
      return [
        `  ${file.path}:`,
        ...file.text
          .trimEnd()
          .split("\n")
          .map((line) => `    ${line}`),
      ];
    return [
      `  ${file.path}: ${file.state === "failed" ? `cannot be written (${file.reason})` : describeState(file.state)}`,
    ];
  });
  return [
    ...section(
      "Found",
      found.map((line) => `  ${line}`),
    ),
    ...section("Files", lines),
    ...section(
      "Not proven",
      unproven.map((line) => `  ${line}`),
    ),
    ...section(
      "Next",
      next.map((line) => `  ${line}`),
    ),
  ]
    .map((line) => `${printable(line)}\n`)
    .join("");
}

function describeState(state: "written" | "kept"): string {
  return state === "written" ? "written" : "was there, and stays as it is";
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines];
}
