/** Lines by a logger of the user's own, such as one of Powertools. */
import type { LogFields, Logger } from "../logger.js";

/**
 * Makes loggers that write with `logger`. What it throws goes to the console: no request fails because of its log. The service is
 * `rpcService` there: such loggers have an application's own name as `service`, and Powertools warns of another with each line.
 */
export function ownLogger(logger: Logger): (common: () => LogFields) => Logger {
  return (common) => {
    const at =
      (level: keyof Logger): Logger["info"] =>
      (message, fields) => {
        const complain = (error: unknown): void => console.error("the logger failed:", error);
        try {
          const { service: rpcService, ...others } = common();
          const ids = { rpcService, ...others };
          // A rejection that nobody handles would end the process.
          Promise.resolve(logger[level](message, { ...ids, ...fields, ...ids })).catch(complain);
        } catch (error) {
          complain(error);
        }
      };
    return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  };
}
