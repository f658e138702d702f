/**
 * The bound of the memory of one request. Few bytes become many: `{},` is a message with all of its fields, and so are
 * two bytes of protobuf. Memory is counted in slots of 8 bytes; a property of an object takes one.
 */
import { RpcError } from "./status.js";

/**
 * Whether memory is counted. A separate variable, because V8 makes an object for every infinite number in a variable.
 */
let isBound = false;
/** Slots that are left, while memory is bound; an integer. */
let left = 0;

/**
 * Slots per megabyte: a sixteenth of the function's memory, because a request exists in several forms at once, and so
 * does its reply.
 */
const slotsPerMegabyte = 8192;

/** Megabytes of a function that does not know its memory, such as a local one. */
const standardMemory = 512;

/**
 * Bounds the memory from here to the end of the synchronous work in progress, such as decoding or encoding. Work
 * without a bound, such as a decoder that a handler calls, is not counted.
 */
export function boundMemory(): void {
  if (!isBound) queueMicrotask(endBound);
  isBound = true;
  left = Number(process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? standardMemory) * slotsPerMegabyte;
}

function endBound(): void {
  isBound = false;
}

/** Counts memory that is about to be used. Throws RESOURCE_EXHAUSTED beyond the bound. */
export function takeMemory(slots: number): void {
  if (!isBound) return;
  left -= slots;
  if (left < 0) throw new RpcError("RESOURCE_EXHAUSTED", "the request holds more values than there is memory for");
}

/** The slots that are left; infinitely many without a bound. */
export function memoryLeft(): number {
  return isBound ? left : Number.POSITIVE_INFINITY;
}
