/**
 * Watches the thread that fuzzes from outside: one that hangs, or that runs out of memory, can no longer say what it was doing. It
 * leaves every input in shared memory before it tries it.
 */
import type { Worker } from "node:worker_threads";

const headerBytes = 8;
const largestInput = 2 ** 20;

/** Memory for one input as JSON text, with a number that changes with every input. */
export function createNotes(): SharedArrayBuffer {
  return new SharedArrayBuffer(headerBytes + largestInput);
}

/** Leaves the text of the input that is tried next; one that is too long is cut. */
export function noteInput(notes: SharedArrayBuffer, text: string): void {
  const header = new Int32Array(notes, 0, 2);
  const { written } = new TextEncoder().encodeInto(text, new Uint8Array(notes, headerBytes));
  Atomics.store(header, 1, written);
  Atomics.add(header, 0, 1);
}

/** The text left last. */
export function notedInput(notes: SharedArrayBuffer): string {
  const length = Atomics.load(new Int32Array(notes, 0, 2), 1);
  return Buffer.from(new Uint8Array(notes, headerBytes, length)).toString("utf8");
}

/** How a thread ended: by itself, or with a fault that it could not report. */
export type Ending =
  | { readonly kind: "ended"; readonly code: number }
  | { readonly kind: "fault"; readonly fault: string; readonly input: string };

/** Waits for the end of a thread. One that stays at the same input for `patience` milliseconds hangs and is ended. */
export function watch(worker: Worker, notes: SharedArrayBuffer, patience: number): Promise<Ending> {
  const header = new Int32Array(notes, 0, 2);
  const before = Atomics.load(header, 0);
  let seen = before;
  let since = Date.now();
  let fault: string | undefined;
  return new Promise((resolve) => {
    const look = (): void => {
      const now = Atomics.load(header, 0);
      if (now !== seen) since = Date.now();
      seen = now;
      // Before the first input the thread generates codecs.
      if (now === before || Date.now() - since <= patience) return;
      fault ??= `hangs for ${patience} ms`;
      void worker.terminate();
    };
    const timer = setInterval(look, Math.min(patience, 250));
    worker.once("error", (error) => {
      fault ??= `ends the thread: ${error}`;
    });
    worker.once("exit", (code) => {
      clearInterval(timer);
      resolve(fault === undefined ? { kind: "ended", code } : { kind: "fault", fault, input: notedInput(notes) });
    });
  });
}
