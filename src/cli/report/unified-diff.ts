/** A unified diff of two texts. https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html */

/** Lines around a change. */
const contextLines = 3;

/** Edits that are looked for one by one; texts that differ in more are shown as replaced between their common ends. */
const maxEdits = 500;

/** A line of the comparison: in both texts, or in one of them. */
interface Row {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/** The lines of the diff from `before` to `after`, headers included; none for equal texts. */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string[] {
  const rows = compareLines(linesOf(before), linesOf(after));
  const hunks = hunksOf(rows);
  if (hunks.length === 0) return [];
  const name = (side: string, text: string | undefined): string =>
    text === undefined ? "/dev/null" : `${side}/${path}`;
  return [`--- ${name("a", before)}`, `+++ ${name("b", after)}`, ...hunks];
}

function linesOf(text = ""): string[] {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function compareLines(before: readonly string[], after: readonly string[]): Row[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return [
    ...rowsOf(" ", before.slice(0, start)),
    ...(shortestEdits(old, now) ?? [...rowsOf("-", old), ...rowsOf("+", now)]),
    ...rowsOf(" ", before.slice(before.length - end)),
  ];
}

function rowsOf(sign: Row["sign"], lines: readonly string[]): Row[] {
  return lines.map((text) => ({ sign, text }));
}

/** Myers' algorithm (An O(ND) Difference Algorithm and Its Variations, 1986); undefined if there are too many edits. */
function shortestEdits(before: readonly string[], after: readonly string[]): Row[] | undefined {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  const at = (reached: ReadonlyMap<number, number>, diagonal: number): number => reached.get(diagonal) ?? -1;
  for (let edits = 0; edits <= maxEdits; edits++) {
    trace.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const isDown =
        diagonal === -edits || (diagonal !== edits && at(furthest, diagonal - 1) < at(furthest, diagonal + 1));
      let x = isDown ? at(furthest, diagonal + 1) : at(furthest, diagonal - 1) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return walkBack(before, after, trace, edits);
    }
  }
  return undefined;
}

function walkBack(
  before: readonly string[],
  after: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
  edits: number,
): Row[] {
  const rows: Row[] = [];
  let [x, y] = [before.length, after.length];
  for (let step = edits; step >= 0; step--) {
    const reached = trace[step] ?? new Map<number, number>();
    const diagonal = x - y;
    const [below, left] = [reached.get(diagonal + 1) ?? -1, reached.get(diagonal - 1) ?? -1];
    const isDown = diagonal === -step || (diagonal !== step && left < below);
    const fromX = isDown ? below : left;
    const fromY = fromX - (isDown ? diagonal + 1 : diagonal - 1);
    for (; x > fromX && y > fromY && x > 0 && y > 0; x--, y--) rows.push({ sign: " ", text: before[x - 1] ?? "" });
    if (step > 0)
      rows.push(isDown ? { sign: "+", text: after[fromY] ?? "" } : { sign: "-", text: before[fromX] ?? "" });
    [x, y] = [fromX, fromY];
  }
  return rows.reverse();
}

function hunksOf(rows: readonly Row[]): string[] {
  const changed = rows.flatMap(({ sign }, index) => (sign === " " ? [] : [index]));
  const ranges: [start: number, end: number][] = [];
  for (const index of changed) {
    const last = ranges.at(-1);
    const [start, end] = [Math.max(0, index - contextLines), Math.min(rows.length, index + contextLines + 1)];
    if (last !== undefined && start <= last[1]) last[1] = end;
    else ranges.push([start, end]);
  }
  return ranges.flatMap(([start, end]) => [
    hunkHead(rows, start, end),
    ...rows.slice(start, end).map(({ sign, text }) => sign + text),
  ]);
}

function hunkHead(rows: readonly Row[], start: number, end: number): string {
  const side = (sign: "-" | "+"): string => {
    const count = (part: readonly Row[]): number => part.filter((row) => row.sign === " " || row.sign === sign).length;
    const length = count(rows.slice(start, end));
    return `${sign}${count(rows.slice(0, start)) + (length === 0 ? 0 : 1)},${length}`;
  };
  return `@@ ${side("-")} ${side("+")} @@`;
}
