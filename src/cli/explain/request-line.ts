/** The request that `explain` is asked about. */

/** A request without headers and body. */
export interface RequestLine {
  /** Upper case. */
  readonly method: string;
  /** The path as sent, starts with "/". */
  readonly path: string;
  /** The text after "?", "" without one. */
  readonly query: string;
}

/** Longer than any front door takes. */
const maximumLength = 16_384;

/** Reads `GET` and `/v1/shelves?page_size=5` (or a whole URL, whose origin counts for nothing); a text says what is wrong. */
export function readRequestLine(method: string, target: string): RequestLine | string {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) {
    return `expected an HTTP method such as GET, found ${JSON.stringify(method)}`;
  }
  const relative = target.replace(/^https?:\/\/[^/?#]*/i, "").replace(/#.*$/s, "");
  const local = relative === "" || relative.startsWith("?") ? `/${relative}` : relative;
  if (target === "" || !local.startsWith("/")) {
    return `expected a path that starts with "/", such as /v1/shelves/1, found ${JSON.stringify(target)}`;
  }
  if (local.length > maximumLength) return `expected at most ${maximumLength} characters, found ${local.length}`;
  if (/[^\x21-\x7e]/.test(local)) {
    return `expected a path as it is sent, with percent escapes (${encodeAsBrowser(local)}), found ${JSON.stringify(target)}`;
  }
  const mark = local.indexOf("?");
  const [path, query] = mark === -1 ? [local, ""] : [local.slice(0, mark), local.slice(mark + 1)];
  return { method: method.toUpperCase(), path, query };
}

/** Encodes a path as a browser would send it. */
function encodeAsBrowser(text: string): string {
  return text.replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(Buffer.from(part).toString()));
}
