/** Small damage to valid input: most of it is still nearly valid, which is where decoders go wrong. */
import type { Random } from "../support/random-message.js";

const maxMutations = 2;
const interestingBytes = [0x00, 0x01, 0x07, 0x0b, 0x0c, 0x7f, 0x80, 0xc0, 0xe0, 0xf8, 0xff];

/** Pieces of JSON at the edges of what the grammar, JavaScript and protobuf allow. */
const jsonPieces = [
  ...'null|true|{}|[]|""|0|-0|1e400|-1e-400|1.0|1e2|9007199254740993|18446744073709551616|-9223372036854775809'.split(
    "|",
  ),
  ...'"NaN"|"Infinity"|"\\ud800"|"\\u0000"|"1"|" 1"|"0x1"|"AQ=="|"A"|"@type"|"__proto__":|"constructor":'.split("|"),
  ...'"2024-02-30T00:00:00Z"|"0001-01-01T00:00:00Z"|"1s"|"-0.5s"|"a,b.c"|"type.googleapis.com/google.protobuf.Any"'.split(
    "|",
  ),
  ...'{|}|[|]|:|,|\\|"| |\u00e9|\ufeff|//'.split("|"),
];

/** Flips, inserts, deletes, repeats and cuts bytes; sometimes goes on with another input. */
export function mutateBytes(input: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let bytes = Buffer.from(input);
  for (let count = 1 + below(maxMutations, random); count > 0; count--) bytes = mutateOnce(bytes, other, random);
  return bytes;
}

function mutateOnce(bytes: Buffer<ArrayBuffer>, other: Uint8Array, random: Random): Buffer<ArrayBuffer> {
  const at = below(bytes.length + 1, random);
  const size = 1 + below(8, random);
  const before = bytes.subarray(0, at);
  switch (below(6, random)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << below(8, random));
      return flipped;
    }
    case 1:
      return Buffer.concat([
        before,
        Buffer.from([interestingBytes[below(interestingBytes.length, random)] ?? 0]),
        bytes.subarray(at),
      ]);
    case 2:
      return Buffer.concat([before, bytes.subarray(at + size)]);
    case 3:
      return Buffer.concat([before, bytes.subarray(at, at + size), bytes.subarray(at)]);
    case 4:
      return Buffer.concat([before, other.subarray(below(other.length + 1, random))]);
    default:
      return Buffer.from(before);
  }
}

/** As `mutateBytes` on text, and puts in pieces of JSON. */
export function mutateText(input: string, other: string, random: Random): string {
  let text = input;
  for (let count = 1 + below(maxMutations, random); count > 0; count--) {
    const at = below(text.length + 1, random);
    const removed = below(6, random);
    const piece = jsonPieces[below(jsonPieces.length, random)] ?? "";
    const kinds = [piece, "", text.slice(at, at + 12), other.slice(below(other.length + 1, random))];
    text = text.slice(0, at) + (kinds[below(kinds.length, random)] ?? "") + text.slice(at + removed);
    if (below(4, random) === 0) text = replaceValue(text, piece, random);
  }
  return text;
}

/** Another value in the place of one: the text around it stays well-formed. */
function replaceValue(text: string, piece: string, random: Random): string {
  const values = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/g)];
  const value = values[below(values.length, random)];
  return value === undefined ? text : text.slice(0, value.index) + piece + text.slice(value.index + value[0].length);
}

function below(limit: number, random: Random): number {
  return Math.floor(random() * limit);
}
