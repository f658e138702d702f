// Loaded with --import: every writing call takes some milliseconds more (SLOW_DISK), so that runs overlap as on a slow disk. A byte on
// file descriptor 3, where WRITING says so, tells that the first one begins.
import { writeSync } from "node:fs";
import { beforeWriting } from "./writing-calls.mjs";

const milliseconds = Number(process.env.SLOW_DISK ?? 8);
const sleeper = new Int32Array(new SharedArrayBuffer(4));
let begun = process.env.WRITING === undefined;

beforeWriting(() => {
  if (!begun) writeSync(3, ".");
  begun = true;
  Atomics.wait(sleeper, 0, 0, milliseconds);
});
