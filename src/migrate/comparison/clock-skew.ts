/** Distance of a side's clock from ours: signatures and fields with times depend on it. */
import type { SideAnswer } from "../sides/side.js";

/** A skew that is worth a remark, in seconds. Dates of HTTP have whole seconds, and answers take their time. */
const remarkable = 30;

/** The seconds by which the side is ahead, by the `Date` of its answer; undefined without one, or when it is near. */
export function clockSkew(answer: SideAnswer, now: number): number | undefined {
  if (answer.kind !== "answer") return undefined;
  const date = answer.headers.find(([name]) => name.toLowerCase() === "date")?.[1];
  const skew = date === undefined ? Number.NaN : Math.round((Date.parse(date) - now) / 1000);
  return Number.isNaN(skew) || Math.abs(skew) < remarkable ? undefined : skew;
}

/** A remark about the skew of a side. */
export function describeSkew(side: string, seconds: number): string {
  const way = seconds > 0 ? "ahead of" : "behind";
  return `the clock of the ${side} side is ${Math.abs(seconds)} s ${way} this machine's: fields with times differ, and AWS refuses signatures from 300 s on`;
}
