/** Loggers. */

/** Writes lines of a log. `console` is one, and so is a logger of Powertools. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Values of a line by name, as JSON takes them. An Error becomes its name, message and stack. */
export type LogFields = { readonly [name: string]: unknown };
