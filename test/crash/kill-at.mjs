// Loaded with --import: kills the process (SIGKILL) at its KILL_AT-th writing call, from 0; with KILL_HALF in the middle of it.
import { beforeWriting } from "./writing-calls.mjs";

const at = Number(process.env.KILL_AT);
let calls = 0;

beforeWriting((name, [path, text, ...more], original) => {
  if (calls++ !== at) return;
  if (name === "writeFileSync" && process.env.KILL_HALF !== undefined) {
    original(path, String(text).slice(0, String(text).length / 2), ...more);
  }
  process.kill(process.pid, "SIGKILL");
  for (;;) {
    // the signal comes
  }
});
