/** HTTP requests as a recording has them, ready to be sent again byte for byte. */

/** A header as it was sent: names keep their case, values their bytes (latin1). */
export type Header = readonly [name: string, value: string];

/** The answer that a recording has for a request. */
export interface RecordedAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  /** Milliseconds until the answer was there; undefined where the recording does not say. */
  readonly ms?: number;
}

/** One request of a source. */
export interface RecordedRequest {
  /** Unique over a run, and the same in the next one: `requests.jsonl:12`. */
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Path and query exactly as they were on the wire. */
  readonly target: string;
  /** Host that was asked, in lower case and with its port; undefined where recordings are of one server. */
  readonly host?: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  readonly answer?: RecordedAnswer;
}

/** A part of a source: a request, or the reason why something in it is not one. */
export type SourceItem =
  | { readonly kind: "request"; readonly request: RecordedRequest }
  | { readonly kind: "skipped"; readonly reason: SkipReason };

/** Reasons why a part of a source is not sent, and what the report says of it. */
export const skipReasons = {
  malformed: "not readable as a request",
  truncated: "cut off at the end of the file",
  tooLarge: "larger than 64 MB",
  noBody: "methods other than GET and HEAD in a log, which has no bodies",
  unsendable: "a target or a header that HTTP/1.1 cannot carry",
} as const;

/** A reason why a part of a source is not sent. */
export type SkipReason = keyof typeof skipReasons;

/** The largest request or answer that is read from a recording, in bytes. */
export const maxRecordBytes = 64 * 1024 * 1024;

/** Tells whether HTTP/1.1 can carry a request unchanged: no spaces and control characters in the target, no line ends in headers. */
export function isSendable({ method, target, headers }: Omit<RecordedRequest, "id" | "body">): boolean {
  return (
    /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method) &&
    /^[/*][\x21-\x7e\x80-\xff]*$/.test(target) &&
    headers.every(
      ([name, value]) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value),
    )
  );
}

/** Makes an item of a request: one that cannot be sent is skipped. */
export function requestItem(request: RecordedRequest): SourceItem {
  return isSendable(request) ? { kind: "request", request } : { kind: "skipped", reason: "unsendable" };
}

/** Path and query of a URL or a path, otherwise unchanged; undefined without a path. */
export function targetOf(url: string): string | undefined {
  const target = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").replace(/#.*$/s, "");
  if (target.startsWith("/")) return target;
  return target === "" || target.startsWith("?") ? `/${target}` : undefined;
}
