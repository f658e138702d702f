/**
 * Changes of a path by an HTTP API, before any function sees it. Taken from live captures (hotsock/voker
 * `ingress-paths.json`, July 2026): it is decoded, cut at a question mark that this uncovers, and decoded once more.
 */

/**
 * The `rawPath` that an HTTP API makes of a path as sent, or undefined where it rejects the request (an escape that is
 * malformed in the first or the second round, as in `/percent%25done`).
 */
export function damagePath(path: string): string | undefined {
  const once = decodePercent(path);
  if (once === undefined) return undefined;
  const cut = once.indexOf("?");
  return decodePercent(cut === -1 ? once : once.slice(0, cut));
}

function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
