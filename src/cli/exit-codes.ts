/** Exit codes of the process. */

/** CI must be able to tell these apart; signals end the process with 128 + their number. */
export const exitCodes = {
  clean: 0,
  /** `check` found something to regenerate or delete, or `build` a function over its budget. */
  drift: 1,
  /** Protos, configuration or command line are wrong. The disk is as it was. */
  badInput: 2,
  /** A bug in the tool. */
  bug: 3,
  /** `compare` had nothing to compare, or was stopped. */
  notCompared: 4,
} as const;
