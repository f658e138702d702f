/** Progress, for a person who waits. */
import type { Stage, StageListener } from "../pipeline.js";
import type { TextStream } from "./terminal.js";

/** A line on a terminal that says which stage runs, and is gone at the end; elsewhere nothing. */
export interface Progress {
  readonly listener: StageListener;
  /** Shows another step than the stages. */
  say(text: string): void;
  /** Takes the line away. */
  clear(): void;
}

/** Starts a progress line on `stream`. */
export function startProgress(stream: TextStream): Progress {
  if (stream.isTTY !== true) return { listener: () => {}, say: () => {}, clear: () => {} };
  const say = (text: string): void => void stream.write(`${eraseLine}${text} …`);
  return {
    listener: (stage) => say(stageTexts[stage]),
    say,
    clear: () => stream.write(eraseLine),
  };
}

const eraseLine = "\r\u001b[K";

const stageTexts: Readonly<Record<Stage, string>> = {
  load: "reading .proto files",
  model: "checking http rules",
  plan: "planning functions and routes",
  emit: "writing code",
};
