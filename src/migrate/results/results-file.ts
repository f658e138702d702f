/**
 * `results.jsonl`: the first line says what was compared, every other one is an observation. Lines are appended and never changed, so a run
 * that is killed loses at most the line it was writing.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createReadStream } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { isObservation, type Observation } from "./observation.js";

/** The first line of a file of results: what it is about; a run that goes on has to be about the same. */
export interface ResultsHead {
  readonly version: 1;
  readonly old: string;
  readonly new: string;
  /** Names of the recordings, or `generated:<n>:<seed>`. */
  readonly sources: readonly string[];
  /** A hash of the rules and names of the configuration: with others, differences and secrets of both runs would not agree. */
  readonly rules: string;
  /** The salt of redacted values. */
  readonly salt: string;
}

/** A file of results that cannot be written or used; the message is for the user. */
export class ResultsError extends Error {
  override readonly name = "ResultsError";
}

/** The content of a file of results. */
export interface ReadResults {
  readonly head?: ResultsHead;
  readonly observations: readonly Observation[];
}

/** Reads a file; lines that were torn are left out. An empty result where there is no file. */
export async function readResults(path: string): Promise<ReadResults> {
  if (!existsSync(path)) return { observations: [] };
  const observations: Observation[] = [];
  let head: ResultsHead | undefined;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const value = parse(line);
    if (isObservation(value)) observations.push(value);
    else if (head === undefined && isHead(value)) head = value;
  }
  return head === undefined ? { observations } : { head, observations };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isHead(value: unknown): value is ResultsHead {
  return typeof value === "object" && value !== null && (value as Partial<ResultsHead>).version === 1;
}

/** A file that lines are added to. */
export interface ResultsWriter {
  readonly add: (observation: Observation) => void;
  readonly close: () => void;
}

/** Opens a file to go on with it, or a new one in place of an old one. Throws ResultsError when the disk refuses. */
export function openResults(path: string, head: ResultsHead, resume: boolean): ResultsWriter {
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new ResultsError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
    }
  };
  const goesOn = resume && existsSync(path);
  const file = attempt(() => {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, goesOn ? "a" : "w", 0o600);
  });
  const write = (line: string): void => {
    attempt(() => writeSync(file, `${line}\n`));
  };
  // A line that was torn by a kill ends here.
  if (!goesOn) write(JSON.stringify(head));
  else if (!endsWithLine(path)) write("");
  return { add: (observation) => write(JSON.stringify(observation)), close: () => closeSync(file) };
}

function endsWithLine(path: string): boolean {
  const text = readFileSync(path);
  return text.length === 0 || text.at(-1) === 0x0a;
}

/** Writes a document whole or not at all. Throws ResultsError when the disk refuses. */
export function writeDocument(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.part`, text, { mode: 0o600 });
    renameSync(`${path}.part`, path);
  } catch (error) {
    throw new ResultsError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
}
