/** Differences in what becomes of events that functions fail on. */
import { valueText } from "../deploy/permissions/role-grants.js";
import type { FunctionResource, ResourceModel } from "../deploy/resources/resource-model.js";
import { type Change, change } from "./change.js";

/** Compares the queue of the stack, and the queues of functions that both versions have. */
export function compareDeadLetters(before: ResourceModel, after: ResourceModel): Change[] {
  return [...compareOwnQueues(before, after), ...compareTargets(before.functions, after.functions)];
}

/** A queue goes with what is in it. */
function compareOwnQueues({ ownDeadLetterQueue: was }: ResourceModel, { ownDeadLetterQueue: is }: ResourceModel) {
  if (was === is) return [];
  const name = "dead-letter queue";
  return is
    ? [change("queue-added", name, false, `the ${name} appears`)]
    : [change("queue-removed", name, true, `the ${name} goes, with the events in it`)];
}

function compareTargets(old: readonly FunctionResource[], now: readonly FunctionResource[]): Change[] {
  const known = new Map(old.map((fn) => [fn.id, targetOf(fn)]));
  return now.flatMap((fn) => {
    const [was, is] = [known.get(fn.id), targetOf(fn)];
    if (was === undefined || was === is) return [];
    const message = `events that ${fn.id} fails on are ${is}, before ${was}`;
    return [change("events", fn.id, is === dropped, message)];
  });
}

const dropped = "dropped";

function targetOf({ deadLetterQueue }: FunctionResource): string {
  if (deadLetterQueue === undefined) return dropped;
  const isOwn = typeof deadLetterQueue === "object" && deadLetterQueue.kind === "deadLetterQueue";
  return `kept in ${isOwn ? "the dead-letter queue" : valueText(deadLetterQueue)}`;
}
