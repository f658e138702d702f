/** Answers as texts that are equal where a client sees no difference. */
import { stripJson } from "../../gateway/compare/json-text.js";
import type { HttpAnswer } from "../../gateway/peers/http-answer.js";

/** Headers of one connection, which a front door has of its own. */
const ofConnection = new Set(["date", "content-length", "connection", "transfer-encoding", "keep-alive", "trailer"]);

/** Lines in order; all values of a name in one where the front door has one text for them. */
function headerLines(headers: Extract<HttpAnswer, { kind: "answer" }>["headers"], joins: boolean): string[] {
  const byName = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (!ofConnection.has(key)) byName.set(key, [...(byName.get(key) ?? []), value]);
  }
  return [...byName]
    .flatMap(([name, values]) => (joins ? [values.join(", ")] : values).map((value) => `${name}: ${value}`))
    .sort();
}

/** The text of an answer. protojson varies the white space of its texts and of its messages on purpose. */
export function comparableAnswer(answer: HttpAnswer | undefined, joins: boolean): string {
  if (answer === undefined || answer.kind === "none") return `no answer: ${answer?.reason}`;
  const headers = headerLines(answer.headers, joins);
  const text = answer.body.toString("latin1");
  const isJson = answer.headers.some(
    ([name, value]) => name.toLowerCase() === "content-type" && value === "application/json",
  );
  const body = isJson
    ? answer.body
        .toString("utf8")
        .split("\n")
        .map((line) => stripJson(line.replaceAll("\u00a0", " ")))
        .join("\n")
    : text;
  return [String(answer.status), ...headers, body, answer.broken ?? ""].join("\n");
}
