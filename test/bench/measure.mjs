/** What the benchmarks share: interleaved rounds, medians, ratios. */
import { spawnSync } from "node:child_process";

/**
 * Runs every contender once a round, in turn, so that a slow moment of the machine falls on all of them alike.
 * Gives the medians by name. The first round warms caches and does not count.
 */
export async function interleave(contenders, rounds) {
  const samples = new Map(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) {
      const value = await run();
      if (round > 0) samples.get(name).push(value);
    }
  }
  return new Map([...samples].map(([name, values]) => [name, median(values)]));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Wall time of a process in milliseconds. Throws when it fails. */
export function timeProcess(command, args, options = {}) {
  const start = performance.now();
  const result = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
  const milliseconds = performance.now() - start;
  if (result.status !== 0)
    throw new Error(`${command} ${args.join(" ")}: ${result.error ?? ""}${result.stdout}${result.stderr}`);
  return milliseconds;
}

/** A table with aligned columns. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column])))
        .join("  "),
    )
    .join("\n");
}
