/** Messages as text. */
import { inspect } from "node:util";

/** A message as JavaScript would write it: `{ name: 'shelves/1', size: 5n }`. */
export function showMessage(message: unknown): string {
  return inspect(message, { depth: 10, breakLength: 100, maxStringLength: 1000, maxArrayLength: 100 });
}

/** A message as JSON.stringify takes it: bigints as text, bytes as base64, numbers that JSON lacks as text. */
export function messageToJson(message: unknown): unknown {
  if (typeof message === "bigint") return String(message);
  if (typeof message === "number" && !Number.isFinite(message)) return String(message);
  if (message instanceof Uint8Array) return Buffer.from(message).toString("base64");
  if (Array.isArray(message)) return message.map(messageToJson);
  if (typeof message !== "object" || message === null) return message;
  const members = Object.entries(message).map(([name, value]) => [name, messageToJson(value)] as const);
  return Object.fromEntries(members);
}
