/** Inputs of AWS Lambda Power Tuning, which calls a function with every amount of memory. */

/** One event, and how often it comes among the others. */
export interface TuningPayload {
  readonly payload: object;
  readonly weight: number;
}

/** The input of an execution. https://github.com/alexcasalboni/aws-lambda-power-tuning/blob/master/README-INPUT-OUTPUT.md */
export interface TuningInput {
  /** Unknown before the function is deployed: a text that says whose it is. */
  readonly lambdaARN: string;
  /** Calls per amount of memory; not fewer than there are payloads. */
  readonly num: number;
  readonly payload: readonly TuningPayload[];
}

/** Most payloads of an input, and calls per amount of memory. */
export const mostPayloads = 10;
const calls = 50;

/** Makes the input for a function of the plan; payloads beyond `mostPayloads` are left out. */
export function tuningInput(functionId: string, payloads: readonly TuningPayload[]): TuningInput {
  return { lambdaARN: `the ARN of ${functionId}`, num: calls, payload: payloads.slice(0, mostPayloads) };
}
