/** `npm run fuzz:events [-- count [seed [seconds]]]`: by default a million events, a seed of the clock, an hour at most. */
import { spawnSync } from "node:child_process";

const [count = "1000000", seed = String(Date.now() % 2 ** 32), seconds = "3600"] = process.argv.slice(2);
console.log(`seed ${seed}`);
const { status } = spawnSync("npx", ["vitest", "run", "test/front-door/fuzz-events.test.ts"], {
  stdio: "inherit",
  env: { ...process.env, FUZZ_EVENTS: count, FUZZ_SEED: seed, FUZZ_SECONDS: seconds },
});
process.exitCode = status ?? 1;
