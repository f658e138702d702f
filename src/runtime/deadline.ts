/** When an answer must be there. */
import { RpcError } from "./status.js";

/** Time kept for writing the answer before Lambda ends the invocation, in ms. */
const margin = 250;

/** Nanoseconds per unit of Grpc-Timeout. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests */
const units: { readonly [unit: string]: number } = { H: 3.6e12, M: 6e10, S: 1e9, m: 1e6, u: 1e3, n: 1 };

/** Grpc-Timeout in milliseconds; undefined for "" and for 0, which mean none. Throws INVALID_ARGUMENT. */
export function parseTimeout(text: string): number | undefined {
  if (text === "") return undefined;
  const match = /^([+-]?\d{1,18})([HMSmun])$/.exec(text);
  if (match === null) throw new RpcError("INVALID_ARGUMENT", `invalid grpc-timeout: ${text.slice(0, 64)}`);
  const milliseconds = (Number(match[1]) * (units[match[2] ?? ""] ?? 0)) / 1e6;
  return milliseconds === 0 ? undefined : milliseconds;
}

/** Milliseconds left for the call: the client's timeout or the Lambda's remaining time, whichever is less. */
export function timeLeft(timeoutHeader: string, lambdaRemaining: number | undefined): number | undefined {
  const timeout = parseTimeout(timeoutHeader);
  const remaining = lambdaRemaining === undefined ? undefined : Math.max(0, lambdaRemaining - margin);
  if (timeout === undefined || remaining === undefined) return timeout ?? remaining;
  return Math.min(timeout, remaining);
}

/** A running deadline. */
export interface Deadline {
  /** Fails with DEADLINE_EXCEEDED when the time is over, or with what it was cancelled with; otherwise never settles. */
  readonly expired: Promise<never>;
  /** Ends the wait before its time; does nothing after `stop`. */
  readonly cancel: (error: RpcError) => void;
  readonly stop: () => void;
}

/** The longest delay that a timer takes, in ms: about 24 days. */
export const maxDelay = 2 ** 31 - 1;

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
    const expire = (): void =>
      cancel(new RpcError("DEADLINE_EXCEEDED", "the deadline passed before the call was finished"));
    if (left <= 0) expire();
    else timer = setTimeout(expire, left);
  });
  // A deadline that nobody waits for anymore is no unhandled failure.
  expired.catch(() => undefined);
  const stop = (): void => {
    clearTimeout(timer);
    cancel = () => undefined;
  };
  return { expired, cancel: (error) => cancel(error), stop };
}

/** The items of `source` until the deadline passes; then fails, also when the source never answers. */
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
      // The deadline may have passed while a slow client took the item before.
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
