// Loaded with --import: every writing call takes a few milliseconds more, so that runs overlap as on a slow disk.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const milliseconds = Number(process.env.SLOW_DISK ?? 8);
const sleeper = new Int32Array(new SharedArrayBuffer(4));

for (const name of [
  "copyFileSync",
  "linkSync",
  "mkdirSync",
  "mkdtempSync",
  "renameSync",
  "rmdirSync",
  "rmSync",
  "unlinkSync",
  "writeFileSync",
]) {
  const original = fs[name];
  fs[name] = (...args) => {
    Atomics.wait(sleeper, 0, 0, milliseconds);
    return original(...args);
  };
}
syncBuiltinESMExports();
