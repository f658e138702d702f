/** Reasons to stop a comparison: production suffers, credentials are gone, the clocks differ. */
import type { SideAnswer } from "../sides/side.js";

/** A reason to stop, in words for the user. */
export interface Stop {
  readonly reason: string;
  readonly hint: string;
}

/** Answers of the old side that are looked back at, and the part of them that may fail. */
const lookedAt = 50;
const mayFail = 0.2;
/** A verdict needs this many. */
const fewest = 10;
/** So many pairs of 401 in a row mean that the credentials are not valid. */
const refusedInARow = 10;

/** Watches the answers. */
export interface Guard {
  /** Takes a pair; gives the reason to stop, once there is one. */
  readonly see: (old: SideAnswer, changed: SideAnswer) => Stop | undefined;
}

/** Makes a guard for one run. */
export function createGuard(): Guard {
  const failures: boolean[] = [];
  let refused = 0;
  return {
    see: (old, changed) => {
      if (old.kind === "unasked" || changed.kind === "unasked") return undefined;
      failures.push(old.kind === "failed" || old.status >= 500);
      if (failures.length > lookedAt) failures.shift();
      refused = isRefused(old) && isRefused(changed) ? refused + 1 : 0;
      if (refused >= refusedInARow) {
        return {
          reason: `both sides answered 401 to ${refusedInARow} requests in a row`,
          hint: "the credentials have expired, or there are none: give new ones with --header 'Authorization: env:TOKEN' and go on with --resume",
        };
      }
      const failed = failures.filter(Boolean).length;
      if (failures.length < fewest || failed / failures.length <= mayFail) return undefined;
      const last = old.kind === "failed" ? ` (${old.reason})` : "";
      return {
        reason: `the old side failed ${failed} of the last ${failures.length} times${last}`,
        hint: "look at the old service first; a lower --rate may help; --resume goes on from here",
      };
    },
  };
}

function isRefused(answer: SideAnswer): boolean {
  return answer.kind === "answer" && answer.status === 401;
}
