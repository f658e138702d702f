/** Keeps results alive, so that nothing is optimised away. */
let sink = 0;

/** Nanoseconds per call of `work`, which is given 0, 1, 2 … */
export function timeCalls(work, calls) {
  const start = performance.now();
  for (let index = 0; index < calls; index++) if (work(index) !== undefined) sink++;
  return ((performance.now() - start) * 1e6) / calls;
}

/** How many calls gave a result. */
export function sunk() {
  return sink;
}
