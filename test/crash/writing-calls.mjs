/** Every function of `node:fs` that changes the disk and that the tool calls. */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const names = [
  "copyFileSync",
  "linkSync",
  "mkdirSync",
  "mkdtempSync",
  "openSync",
  "renameSync",
  "rmdirSync",
  "rmSync",
  "unlinkSync",
  "writeFileSync",
];

/** Calls `before(name, arguments, original)` ahead of every writing call of this process. */
export function beforeWriting(before) {
  // Node loads its own removal with the first call, and with it the functions of that moment: they must not be these.
  fs.rmSync("/nonexistent-g2l", { recursive: true, force: true });
  for (const name of names) {
    const original = fs[name];
    fs[name] = (...args) => {
      before(name, args, original);
      return original(...args);
    };
  }
  syncBuiltinESMExports();
}
