/** Progress, for a person who waits. */
import type { Stage, StageListener } from "../pipeline.js";
import type { Terminal } from "./terminal.js";

/** A line on a terminal that says which stage runs, and is gone at the end; with --verbose a line that stays for each step, with its time. */
export interface Progress {
  readonly listener: StageListener;
  /** Shows another step than the stages. */
  say(text: string): void;
  /** Ends the last step: takes the line away, or writes its time. */
  clear(): void;
}

/** Starts on stderr, where nothing shows if nobody watches. */
export function startProgress({ stderr, verbosity }: Pick<Terminal, "stderr" | "verbosity">): Progress {
  if (verbosity === "verbose") return timeSteps((line) => stderr.write(line));
  if (stderr.isTTY !== true || verbosity === "quiet") return { listener: () => {}, say: () => {}, clear: () => {} };
  const say = (text: string): void => void stderr.write(`${eraseLine}${text} …`);
  return {
    listener: (stage) => say(stageTexts[stage]),
    say,
    clear: () => stderr.write(eraseLine),
  };
}

/** Writes `reading .proto files: 34 ms` as each step ends. */
function timeSteps(write: (line: string) => void): Progress {
  let step: { readonly text: string; readonly began: number } | undefined;
  const clear = (): void => {
    if (step !== undefined) write(`${step.text}: ${Math.round(performance.now() - step.began)} ms\n`);
    step = undefined;
  };
  const say = (text: string): void => {
    clear();
    step = { text, began: performance.now() };
  };
  return { listener: (stage) => say(stageTexts[stage]), say, clear };
}

const eraseLine = "\r\u001b[K";

const stageTexts: Readonly<Record<Stage, string>> = {
  load: "reading .proto files",
  model: "checking http rules",
  plan: "planning functions and routes",
  emit: "writing code",
};
