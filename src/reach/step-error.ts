/** Steps on the way to a service, and how one of them fails. */

/** Steps in their order. `address`: the text itself. `health`: the answer of a server that speaks HTTP/2. */
export type ReachStep = "address" | "dns" | "tcp" | "tls" | "health";

/** A time limit for all steps together. */
export interface Limit {
  readonly signal: AbortSignal;
  /** Milliseconds, for messages. */
  readonly timeout: number;
}

/** The failure of a step; the message is a phrase without a full stop. */
export class StepError extends Error {
  readonly step: ReachStep;

  constructor(step: ReachStep, message: string) {
    super(message);
    this.step = step;
  }
}

/** Waits for the work of a step, at most until the limit. Fails with a StepError that says what went wrong. */
export async function beforeLimit<Result>(step: ReachStep, { signal, timeout }: Limit, work: Promise<Result>) {
  let giveUp: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    giveUp = () => reject(new StepError(step, `no answer within ${timeout} ms`));
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw error instanceof StepError ? error : new StepError(step, describe(error));
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

const meanings: Readonly<Record<string, string | undefined>> = {
  ENOTFOUND: "the name is not known",
  EAI_AGAIN: "the name server does not answer",
  ECONNREFUSED: "the connection is refused",
  ECONNRESET: "the connection is closed by the other side",
  EHOSTUNREACH: "there is no way to the host",
  ENETUNREACH: "there is no way to the network",
};

/** The most of a foreign message that is repeated. */
const maxMessage = 200;

function describe(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  const meaning = code === undefined ? undefined : (meanings[code] ?? message);
  const text = (meaning || message || String(error)).slice(0, maxMessage);
  return code === undefined ? text : `${text} (${code})`;
}
