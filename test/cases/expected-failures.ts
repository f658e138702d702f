/** Cases whose fault is known and not yet mended: none. A name has to go once its case passes: the test says so. */
export const expectedFailures: readonly string[] = [];
