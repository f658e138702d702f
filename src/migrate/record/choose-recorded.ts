/** Choice of the requests that a recording keeps: a sample, and the first of every kind, so that rare routes are present. */
import type { RequestLabel } from "../requests/request-label.js";
import type { PassedRequest } from "./recording-proxy.js";

/** More kinds are not told apart: targets have any names. */
const mostKinds = 10_000;

/** Tells whether a request is kept; `sample` is the part of all that is, 0 to 1. */
export function recordingChoice(sample: number): (request: PassedRequest, label: RequestLabel) => boolean {
  const kinds = new Set<string>();
  let number = 0;
  return ({ method, target, answer }, { rpc, binding }) => {
    const names = (target.split("?")[1] ?? "").split("&").map((part) => part.split("=")[0] ?? "");
    const kind = JSON.stringify([rpc, binding, method, answer.status, [...new Set(names)].sort()]);
    // Every tenth for 10 %, instead of a draw: short recordings have their share, too.
    const isDue = share(number + 1, sample) > share(number, sample);
    number++;
    if (kinds.has(kind) || kinds.size >= mostKinds) return isDue;
    kinds.add(kind);
    return true;
  };
}

/** Requests that are due among the first `number`. The sum of tenths is a little less than one. */
function share(number: number, sample: number): number {
  return Math.floor(number * sample + 1e-9);
}
