/** Colours for a terminal: SGR sequences, https://ecma-international.org/publications-and-standards/standards/ecma-48/ */

/** Each wraps a text; without colour each gives the text back. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** The paints for a stream that takes colour, or for one that does not. */
export function paints(color: boolean): Paint {
  const wrap = (on: number, off: number) => (text: string) => (color ? `\u001b[${on}m${text}\u001b[${off}m` : text);
  return {
    bold: wrap(1, 22),
    dim: wrap(2, 22),
    red: wrap(31, 39),
    green: wrap(32, 39),
    yellow: wrap(33, 39),
    cyan: wrap(36, 39),
  };
}
