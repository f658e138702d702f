/** What two styles answer differently, without what is decided. */
import type { MessageStyle } from "../../src/emit/message-style.js";
import type { Answer } from "./answers.js";
import { styleDifferences } from "./differences.js";
import type { MatrixRequest } from "./requests.js";

/** The differences that no reason explains, as texts. */
export function unexplained(
  style: MessageStyle,
  requests: readonly MatrixRequest[],
  expected: readonly Answer[],
  found: readonly Answer[],
): string[] {
  return requests.flatMap((request, index) => {
    if (found[index] === expected[index]) return [];
    if (styleDifferences.some((difference) => difference.applies(style, request))) return [];
    const { method, target, body = "" } = request;
    return [`${method} ${target} ${body}\n  expected ${expected[index]}\n  found    ${found[index]}`];
  });
}
