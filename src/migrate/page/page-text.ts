/** Texts and numbers as the page has them. */

/** Cuts a text that is longer than `most` characters. */
export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** Prints an integer with separators: `4,014`. */
export function number(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Prints service and name of an RPC, without the package. */
export function short(rpc: string): string {
  return cut(rpc.split(".").slice(-2).join("."), 200);
}
