/** Differences in what becomes of events that functions fail on. */
import { expect, test } from "vitest";
import { buildResources } from "../../src/deploy/resources/build-resources.js";
import { compareDeadLetters } from "../../src/diff/compare-dead-letters.js";
import type { DeadLetterSetting } from "../../src/plan/plan.js";
import { failedEvents, plan, small } from "../deploy/plans.js";

/** Changes of the API's queue, with that of one of its functions. */
function compare(before: DeadLetterSetting, after: DeadLetterSetting): string[] {
  const [old, now] = [before, after].map((deadLetterQueue) => buildResources(plan(small, { deadLetterQueue })));
  if (old === undefined || now === undefined) return [];
  const changes = compareDeadLetters(old, now).filter(({ id }) => !/download|anything|post/.test(id));
  return changes.map(({ breaking, id, message }) => `${breaking ? "!" : " "} ${id}: ${message}`);
}

const own = { kind: "own" } as const;
const none = { kind: "none" } as const;
const failed = "arn:<place partition>:sqs:<place region>:<place account>:<place stack>-failed";

test.each<[title: string, before: DeadLetterSetting, after: DeadLetterSetting, changes: readonly string[]]>([
  ["the same", own, own, []],
  [
    "a queue appears",
    none,
    own,
    [
      "  queue-added dead-letter queue: the dead-letter queue appears",
      "  events library-service-get-shelf: events that library-service-get-shelf fails on are kept in the dead-letter queue, before dropped",
    ],
  ],
  [
    "a queue goes, with what is in it",
    own,
    none,
    [
      "! queue-removed dead-letter queue: the dead-letter queue goes, with the events in it",
      "! events library-service-get-shelf: events that library-service-get-shelf fails on are dropped, before kept in the dead-letter queue",
    ],
  ],
  [
    "another queue",
    own,
    failedEvents,
    [
      "! queue-removed dead-letter queue: the dead-letter queue goes, with the events in it",
      `  events library-service-get-shelf: events that library-service-get-shelf fails on are kept in ${failed}, before kept in the dead-letter queue`,
    ],
  ],
])("%s", (_, before, after, changes) => {
  expect(compare(before, after)).toEqual(changes);
});
