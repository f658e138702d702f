/**
 * The decimal text of single-precision numbers, as Go's strconv prints it; JavaScript prints double precision only.
 */

/**
 * The decimal with the fewest digits that rounds to `float` in single precision, as the number with this text in
 * JavaScript. `float` is finite and in single precision.
 */
export function shortestFloat(float: number): number {
  // Below 2^24 every integer is its own shortest text.
  if (Number.isInteger(float) && float < 0x1000000 && float > -0x1000000) return float;
  // Numbers of six digits always differ, and shorter ones lose their zeros, except for numbers that have lost digits of
  // their own.
  for (let digits = Math.abs(float) < 2 ** -126 ? 1 : 6; digits < 9; digits++) {
    const short = rounded(float, digits);
    if (Math.fround(short) === float) return short;
  }
  // Numbers are closer together below a power of two than above it, so there may be one of eight digits that is not the
  // nearest.
  const above = Number((float * (1 + 2 ** -25)).toPrecision(8));
  return Math.fround(above) === float ? above : rounded(float, 9);
}

/**
 * Rounds to that many digits; a number halfway between two is rounded to the even one, unless it is a power of two, as
 * in Go.
 */
function rounded(float: number, digits: number): number {
  const text = float.toPrecision(digits);
  const exact = String(float);
  const isHalfway = exact.length === text.length + 1 && exact.endsWith("5") && !text.includes("e");
  const isOdd = Number(text.slice(-1)) % 2 === 1;
  return Number(isHalfway && isOdd && !Number.isInteger(Math.log2(Math.abs(float))) ? exact.slice(0, -1) : text);
}
