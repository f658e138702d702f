/**
 * Lines of JSON, one for each record.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html
 */
import type { LogFields, Logger } from "../logger.js";
import { timeStamp } from "./time-stamp.js";
import { writeLine } from "./write-line.js";

/** Levels in rising order: the later in the text, the more important. */
const levels = "DEBUG INFO WARN ERROR FATAL OFF";

/**
 * Gives what makes loggers. Their lines have the fields that `common` returns, which those of a line cannot replace: if names meet, these
 * go below `fields`. The variable AWS_LAMBDA_LOG_LEVEL, which Lambda sets, says which lines are written; without it those from INFO on,
 * with OFF none.
 */
export function jsonLogger(): (common: () => LogFields) => Logger {
  const least = levels.indexOf(process.env["AWS_LAMBDA_LOG_LEVEL"] ?? "INFO");
  return (common) => {
    const at =
      (level: string): Logger["info"] =>
      (message, fields = {}) => {
        if (levels.indexOf(level) >= least) writeLine(lineOf(level, message, fields, common));
      };
    return { debug: at("DEBUG"), info: at("INFO"), warn: at("WARN"), error: at("ERROR") };
  };
}

function lineOf(level: string, message: string, fields: LogFields, common: () => LogFields): string {
  const timestamp = timeStamp();
  // Neither parts nor a spread: V8 takes longer to print these, before Node 22 several times as long.
  const record = Object.assign({ timestamp, level, message }, common());
  try {
    // Names that are taken cannot be replaced.
    const isTaken = Object.keys(fields).some((name) => name in record);
    return jsonText(Object.assign(record, isTaken ? { fields } : fields));
  } catch {
    // A list that contains itself, for one, has no JSON.
    return jsonText({ timestamp, level, message, ...common() });
  }
}

/** JSON with 64-bit integers as texts, and of an error name, message, stack and cause. Throws for what has no JSON. */
export function jsonText(value: unknown): string {
  // The replacer doubles the time, and a record of texts and numbers needs none.
  const isFlat = !(value instanceof Error) && Object.values(Object(value)).every(isPlain);
  return JSON.stringify(value, isFlat ? undefined : printable);
}

function isPlain(member: unknown): boolean {
  return typeof member !== "object" && typeof member !== "bigint";
}

function printable(_name: string, member: unknown): unknown {
  if (typeof member === "bigint") return `${member}`;
  if (!(member instanceof Error)) return member;
  const { name, message, stack = "", cause } = member;
  // The stack begins with the message.
  return { name, message, stack: stack.slice(stack.indexOf("\n    at ") + 1), cause };
}
