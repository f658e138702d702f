/** Headers, as clients send them, and mistakes. */
import type { Mistakes } from "./json-scalar.js";
import { type HeaderPair, headerPairs, texts } from "./texts.js";

/** What of a second one becomes says more of Node than of a gateway. */
const once = /^((grpc-metadata-)?(authorization|host|te|content-type|user-agent)|from|referer|date|max-forwards)$/i;

const pools = {
  metadata: headerPairs(texts.header.metadata),
  permanent: headerPairs(texts.header.permanent),
  other: headerPairs(texts.header.other),
};

/** Random headers, `Host` first. */
export function randomHeaders({ choice, odd }: Mistakes, hasBody: boolean): HeaderPair[] {
  const headers: HeaderPair[] = [["Host", choice.chance(0.1) ? "api.example.com" : "localhost:8080"]];
  const pickOr = (pool: readonly string[], share: number): string =>
    choice.chance(share) ? choice.pick(pool) : "application/json";
  if (choice.chance(hasBody ? 0.85 : 0.1)) headers.push(["Content-Type", pickOr(texts.header.contentType, odd)]);
  if (choice.chance(0.3)) headers.push(["Accept", pickOr(texts.header.accept, odd * 2)]);
  if (choice.chance(odd * 0.5)) headers.push(["Grpc-Timeout", choice.pick(texts.header.timeout)]);
  const more = choice.weighted([
    [8, 0],
    [1, 1],
    [1, 3],
  ]);
  for (let count = 0; count < more; count++) {
    const common = choice.chance(0.7) ? pools.permanent : pools.other;
    const [name, value] = choice.pick(choice.chance(0.08 + odd) ? pools.metadata : common);
    const isTaken = headers.some(([other]) => other.toLowerCase() === name.toLowerCase());
    if (!(isTaken && once.test(name))) headers.push([name, value]);
  }
  return headers;
}

/** The headers with one value for a name. */
export function withHeader(headers: readonly HeaderPair[], name: string, value: string): HeaderPair[] {
  return [...headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase()), [name, value]];
}

/** The values of a header. */
export function headerValues(headers: readonly HeaderPair[], name: string): string[] {
  return headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
}
