/**
 * Lines of JSON, one for each record.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html
 */
import type { LogFields, Logger } from "../logger.js";
import { writeLine } from "./write-line.js";

/** Levels in rising order: the later in the text, the more important. */
const levels = "DEBUG INFO WARN ERROR FATAL OFF";

/**
 * Makes a logger whose lines have the fields that `common` returns, which those of a line cannot replace: if names meet, these go below `fields`. The variable
 * AWS_LAMBDA_LOG_LEVEL, which Lambda sets, says which lines are written; without it those from INFO on, with OFF none.
 */
export function jsonLogger(common: () => LogFields): Logger {
  const least = levels.indexOf(process.env["AWS_LAMBDA_LOG_LEVEL"] ?? "INFO");
  const at =
    (level: string): Logger["info"] =>
    (message, fields = {}) => {
      if (levels.indexOf(level) < least) return;
      const head = { timestamp: new Date().toISOString(), level, message };
      const ids = common();
      try {
        // Names that are taken cannot be replaced.
        const isTaken = Object.keys(fields).some((name) => name in head || name in ids);
        writeLine(joined(head, ids, isTaken ? { fields } : fields));
      } catch {
        // A list that contains itself, for one, has no JSON.
        writeLine(joined(head, ids));
      }
    };
  return { debug: at("DEBUG"), info: at("INFO"), warn: at("WARN"), error: at("ERROR") };
}

/** The JSON of one object with all members. Spreading them into one would take V8 five times as long to print. */
function joined(...parts: readonly object[]): string {
  const texts = parts.map((part) => jsonText(part).slice(1, -1));
  return `{${texts.filter(Boolean).join(",")}}`;
}

/** JSON with 64-bit integers as texts, and of an error name, message, stack and cause. Throws for what has no JSON. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member === "bigint") return `${member}`;
    if (!(member instanceof Error)) return member;
    const { name, message, stack = "", cause } = member;
    // The stack begins with the message.
    return { name, message, stack: stack.slice(stack.indexOf("\n    at ") + 1), cause };
  });
}
