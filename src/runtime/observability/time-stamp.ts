/** Time stamps of lines. */

/** Milliseconds of a day in UTC, in which Date counts no leap seconds. */
const dayLength = 86_400_000;

/** The day of the last stamp: its start, in ms since the epoch, and its text up to the time. */
let day = { start: Number.NaN, text: "" };

/** Gives the time as `Date` prints it, in a quarter of its time: the day is printed once. */
export function timeStamp(now = Date.now()): string {
  if (!(now >= day.start && now < day.start + dayLength)) day = dayOf(now);
  const ms = now - day.start;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const time = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
  return `${day.text}${time}.${String(ms % 1000).padStart(3, "0")}Z`;
}

function dayOf(now: number): typeof day {
  return { start: now - (now % dayLength), text: new Date(now).toISOString().slice(0, 11) };
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
