/** The format of a recording, guessed from its beginning. */
import { parseObject } from "./json-lines.js";

/** Formats of recordings, as `--format` takes them. */
export const sourceFormats = ["jsonl", "har", "gor", "alb", "nginx", "envoy"] as const;

/** A format of recordings. */
export type SourceFormat = (typeof sourceFormats)[number];

/** Guesses the format from the first bytes, decompressed; undefined where nothing fits. */
export function guessFormat(beginning: Buffer): SourceFormat | undefined {
  const text = beginning
    .toString()
    .replace(/^\ufeff/, "")
    .trimStart();
  const [line = ""] = text.split("\n");
  if (/^[123] \S+ \d+( \d+)?$/.test(line.trimEnd())) return "gor";
  if (/^(http|https|h2|grpcs|ws|wss) \d{4}-\d\d-\d\dT\S+ (app|net)\//.test(line)) return "alb";
  if (/^\[\d{4}-\d\d-\d\dT[^\]]*\] "/.test(line)) return "envoy";
  if (/^\S+ \S+ .*\[\d\d\/\w{3}\/\d{4}:/.test(line)) return "nginx";
  if (!text.startsWith("{")) return undefined;
  if (/^\{\s*"log"\s*:\s*\{/.test(text)) return "har";
  const record = parseObject(line);
  if (record === undefined) return /"log"\s*:\s*\{/.test(text) ? "har" : undefined;
  if (typeof record["target"] === "string" && typeof record["method"] === "string") return "jsonl";
  return Object.hasOwn(record, "log") ? "har" : "nginx";
}
