/** How the time of something grows with its input. Ratios within one run: no absolute time is looked at. */

/** Between the 8 of linear and the 64 of quadratic time, as far from both as noise can go. */
export const linearGrowth = 24;

/** Rounds at most: a burst of garbage collection or compilation outlives a few, and only growth outlives all. */
const maxRounds = 20;

/**
 * How many times longer an input takes that is eight times as long: 8 where time grows with the length, 64 where it grows with its
 * square. `runOn` makes what runs whatever is looked at on an input of so many units. Anything above `linearGrowth` was measured
 * several times, and is the least that was seen. The short input is run three times as often: compiling it would hide growth.
 */
export function growth(runOn: (units: number) => () => unknown, units: number): number {
  const small = runOn(units);
  const large = runOn(units * 8);
  let leastSmall = Number.POSITIVE_INFINITY;
  let leastLarge = Number.POSITIVE_INFINITY;
  for (let round = 0; round < maxRounds && !(leastLarge / leastSmall < linearGrowth); round++) {
    leastSmall = Math.min(leastSmall, cpuMillis(small), cpuMillis(small), cpuMillis(small));
    leastLarge = Math.min(leastLarge, cpuMillis(large));
  }
  return leastLarge / leastSmall;
}

/** CPU milliseconds of one run: of as many as take longer than the clock can miss. */
function cpuMillis(run: () => unknown): number {
  const start = process.cpuUsage();
  for (let runs = 1; ; runs++) {
    run();
    const { user, system } = process.cpuUsage(start);
    if (user + system > 2000) return (user + system) / 1000 / runs;
  }
}
