/** The message of an error about a value: `books[3].create_time: expected a timestamp, found 7`; without a path for the whole input. */
export function mismatch(path: string, expected: string, found: string): string {
  return `${path === "" ? "" : `${path}: `}expected ${expected}, found ${found}`;
}
