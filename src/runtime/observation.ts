/** Following requests through a function. These are types: a function that nothing follows has no code for them. */
import type { Invocation } from "./calls/invocation.js";
import type { LambdaContext } from "./rpc.js";

/** Answers an invocation, and notes in it what happens; `more` is what the door needs in addition, such as a stream. */
export type Respond<More extends readonly unknown[], Result> = (
  invocation: Invocation,
  ...more: More
) => Promise<Result>;

/** Makes the handler that begins invocations, and follows each of them from the event to the end of the response. */
export type Observer = <More extends readonly unknown[], Result>(
  respond: Respond<More, Result>,
) => (event: unknown, lambda?: LambdaContext, ...more: More) => Promise<Result>;
