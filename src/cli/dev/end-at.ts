/** Streams that Lambda cuts off. */

/** The pieces until `deadline` (milliseconds since the epoch); then the stream ends, as that of a function that ran out of time. */
export async function* endAt<Piece>(
  pieces: AsyncIterable<Piece>,
  deadline: number,
): AsyncGenerator<Piece, void, undefined> {
  const iterator = pieces[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, deadline - Date.now()));
  });
  try {
    while (true) {
      const next = await Promise.race([iterator.next(), late]);
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  } finally {
    clearTimeout(timer);
    // Not awaited: a generator that waits for its next piece would not return before it has one.
    void iterator.return?.();
  }
}
