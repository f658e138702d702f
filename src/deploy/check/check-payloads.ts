/** Settings of large payloads and compressed bodies that would do nothing, or not what was meant. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { withArticle } from "../../front-door/front-door.js";
import { frontDoorOf } from "../../front-door/front-doors.js";
import type { LargePayloadsPlan, Plan } from "../../plan/plan.js";

/** A body is in memory as bytes, as text, as a message, and for a while as the next of these. */
const copies = 4;

/** Findings about `deployment.largePayloads` and `deployment.compression`; none without them. */
export function checkPayloads(plan: Plan): Diagnostic[] {
  const { largePayloads, compression } = plan.deployment;
  return [
    ...(largePayloads === undefined ? [] : checkLargePayloads(plan, largePayloads)),
    ...checkMemory(plan, compression?.maxBytes, "bodies that inflate to", "compression"),
  ];
}

function checkLargePayloads(plan: Plan, largePayloads: LargePayloadsPlan): Diagnostic[] {
  return [
    ...checkUse(plan),
    ...checkThreshold(plan, largePayloads),
    ...checkCookies(plan, largePayloads),
    ...checkMemory(plan, largePayloads.maxBytes, "payloads of up to", "largePayloads"),
  ];
}

function checkUse({ functions }: Plan): Diagnostic[] {
  const isUsed = functions.some(({ payloads }) => payloads.responses || payloads.uploads.length > 0);
  if (isUsed) return [];
  return [
    diagnostic("DP012", "deployment.largePayloads is set, but no function stores responses or takes uploads", {
      help: "responses that are streamed have no use for it, nor have uploads for RPCs without a body: leave the setting out",
    }),
  ];
}

function checkThreshold({ deployment }: Plan, { threshold }: LargePayloadsPlan): Diagnostic[] {
  const door = frontDoorOf(deployment.frontDoor);
  const limit = door.limits.responseBytes;
  if (threshold === undefined || threshold <= limit) return [];
  return [
    diagnostic(
      "DP013",
      `deployment.largePayloads.threshold is ${threshold}, but ${withArticle(door)} takes responses of ${limit} bytes: expected at most that`,
      { help: "leave the threshold out: what the front door does not take goes to S3 anyway" },
    ),
  ];
}

function checkCookies({ deployment: { cors } }: Plan, { responses }: LargePayloadsPlan): Diagnostic[] {
  if (responses !== "redirect" || cors?.credentials !== true) return [];
  return [
    diagnostic(
      "DP014",
      "pages that call with cookies cannot follow a redirect to S3, which deployment.largePayloads answers large responses with",
      {
        help: "set deployment.largePayloads.responses to envelope, and let the page fetch the link without credentials",
      },
    ),
  ];
}

function checkMemory(
  { deployment: { memorySize } }: Plan,
  maxBytes: number | undefined,
  what: string,
  setting: "compression" | "largePayloads",
): Diagnostic[] {
  const bytes = memorySize * 1024 * 1024;
  if (maxBytes === undefined || maxBytes * copies <= bytes) return [];
  return [
    diagnostic(
      "DP015",
      `functions have ${memorySize} MB of memory, and ${what} ${maxBytes} bytes: that takes ${copies} times as much while it is read and written`,
      {
        help: `set deployment.${setting}.maxBytes to ${Math.floor(bytes / copies)}, or deployment.memorySize to ${Math.ceil((maxBytes * copies) / 1024 / 1024)}`,
      },
    ),
  ];
}
