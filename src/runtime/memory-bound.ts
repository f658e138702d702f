/**
 * How much may be made of one request. Few bytes become many: `{},` is a message with all of its fields, and two bytes of protobuf are as
 * well. What is made is counted in slots, which a property of an object takes one of: 8 bytes.
 */
import { RpcError } from "./status.js";

/** Whether anything is counted. A variable of its own: V8 makes an object for every infinite number that is kept in one. */
let isBound = false;
/** An integer, while it is bound. */
let left = 0;

/** A sixteenth of the function's memory, in slots: what is read is there in several forms at once, and so is the reply to it. */
const slotsPerMegabyte = 8192;

/** Megabytes of a function that does not say how many it has, such as a local one. */
const standardMemory = 512;

/**
 * Bounds what is made from here to the end of the synchronous work under way, which decoding and encoding are. What nobody bounds, such
 * as a decoder that a handler calls, is not counted.
 */
export function boundMemory(): void {
  if (!isBound) queueMicrotask(endBound);
  isBound = true;
  left = Number(process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? standardMemory) * slotsPerMegabyte;
}

function endBound(): void {
  isBound = false;
}

/** Counts what is being made. Throws RESOURCE_EXHAUSTED beyond the bound. */
export function takeMemory(slots: number): void {
  if (!isBound) return;
  left -= slots;
  if (left < 0) throw new RpcError("RESOURCE_EXHAUSTED", "the request holds more values than there is memory for");
}

/** How many slots may still be taken; infinitely many where nothing is bound. */
export function memoryLeft(): number {
  return isBound ? left : Number.POSITIVE_INFINITY;
}
