/** Declarations before and after linking. */

/** Items of two lists of equal length side by side: linking keeps every declaration in its place. */
export function pairs<A, B>(left: readonly A[], right: readonly B[]): (readonly [A, B])[] {
  return left.flatMap((item, index) => {
    const other = right[index];
    return other === undefined ? [] : [[item, other] as const];
  });
}
