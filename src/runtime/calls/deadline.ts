/** Deadlines of calls. */
import { RpcError } from "../status.js";

/** Time that is kept for writing the answer before Lambda ends the invocation, in ms. */
const margin = 250;

/** Milliseconds left for the call: the client's `timeout` or the Lambda's remaining time, whichever is less. */
export function timeLeft(timeout: number | undefined, lambdaRemaining: number | undefined): number | undefined {
  const remaining = lambdaRemaining === undefined ? undefined : Math.max(0, lambdaRemaining - margin);
  if (timeout === undefined || remaining === undefined) return timeout ?? remaining;
  return Math.min(timeout, remaining);
}

/** A running deadline. */
export interface Deadline {
  /** Fails with DEADLINE_EXCEEDED when the time is over, or with the error of `cancel`; otherwise never settles. */
  readonly expired: Promise<never>;
  /** Ends the wait before its time; does nothing after `stop`. */
  readonly cancel: (error: RpcError) => void;
  readonly stop: () => void;
}

/** The longest delay that a timer takes, in ms: about 24 days. */
export const maxDelay = 2 ** 31 - 1;

/** Tells whether a call has no time left, `left` in ms: no call through a gateway takes less than a millisecond. */
export function isOver(left: number | undefined): boolean {
  return left !== undefined && left < 1;
}

/** Starts the clock (`left` in ms, undefined for no limit). */
export function startDeadline(left: number | undefined, onExpired: (error: RpcError) => void): Deadline {
  let timer: NodeJS.Timeout | undefined;
  let cancel: (error: RpcError) => void = () => undefined;
  const expired = new Promise<never>((_, reject) => {
    cancel = (error) => {
      onExpired(error);
      reject(error);
    };
    if (left === undefined || left > maxDelay) return;
    const expire = (): void => cancel(new RpcError("DEADLINE_EXCEEDED", "context deadline exceeded"));
    if (isOver(left)) expire();
    else timer = setTimeout(expire, left);
  });
  // A deadline that no call waits for any more must not be an unhandled rejection.
  expired.catch(() => undefined);
  const stop = (): void => {
    clearTimeout(timer);
    cancel = () => undefined;
  };
  return { expired, cancel: (error) => cancel(error), stop };
}

/** Yields the items of `source` until the deadline passes; then fails, even if the source never answers. */
export async function* untilExpired<T>(
  source: AsyncIterable<T> | Iterable<T>,
  expired: Promise<never>,
): AsyncGenerator<Awaited<T>, void, undefined> {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let fail: (reason: unknown) => void = () => undefined;
  let isOver = false;
  expired.catch((error) => {
    isOver = true;
    fail(error);
  });
  try {
    while (true) {
      // The deadline may have passed while a slow client received the previous item.
      if (isOver) await expired;
      const item = await new Promise<IteratorResult<T>>((resolve, reject) => {
        fail = reject;
        Promise.resolve(iterator.next()).then(resolve, reject);
      });
      if (item.done === true) return;
      yield await item.value;
    }
  } finally {
    const finished = Promise.resolve(iterator.return?.()).catch(() => undefined);
    await Promise.race([finished, expired]).catch(() => undefined);
  }
}
