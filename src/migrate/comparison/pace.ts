/** When the next request may go out. */
import { setTimeout as sleep } from "node:timers/promises";

/** The longest pause that a server's Retry-After gets, in milliseconds. */
const longestPause = 60_000;

/** Slots in time, one for each request. */
export interface Pace {
  /** Waits for the next slot. */
  readonly next: () => Promise<void>;
  /** Waits as long as a server asks. Tells whether it asked. */
  readonly heed: (retryAfter: string | undefined) => boolean;
}

/** Makes slots for at most `rate` requests a second; undefined for no limit. */
export function createPace(rate: number | undefined): Pace {
  const gap = rate === undefined ? 0 : 1000 / rate;
  let free = 0;
  return {
    next: async () => {
      const now = Date.now();
      const at = Math.max(now, free);
      free = at + gap;
      if (at > now) await sleep(at - now);
    },
    heed: (retryAfter) => {
      const pause = pauseOf(retryAfter);
      if (pause === undefined) return false;
      free = Math.max(free, Date.now() + Math.min(pause, longestPause));
      return true;
    },
  };
}

/** Milliseconds of a Retry-After: seconds, or a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function pauseOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text.trim())) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
