/** Protobuf on the wire. */
import { field, varint } from "../../support/wire-bytes.js";
import { fill, type HostileInput, type HostileRequest, largestBytes } from "./input.js";

/** Contents of the field with a number, whatever its type is. */
const contents: Readonly<Record<string, (number: number, size: number) => Buffer>> = {
  "long content": (number, size) => field(number, fill("61", size)),
  "long content of zeros": (number, size) => field(number, fill("00", size)),
  "long content of bits": (number, size) => field(number, fill("ff", size)),
  "long content that is no UTF-8": (number, size) => field(number, fill("61c3", size)),
  "empty content, many times": (number, size) => fill(field(number, Buffer.alloc(0)).toString("hex"), size),
  "content of two bytes, many times": (number, size) => fill(field(number, Buffer.from([8, 1])).toString("hex"), size),
  "an entry, many times": (number, size) =>
    fill(field(number, Buffer.from("0a016112016208011001", "hex")).toString("hex"), size),
  varints: (number, size) => fill(Buffer.concat([varint(number * 8), Buffer.from([1])]).toString("hex"), size),
  "long varints": (number, size) => fill(`${varint(number * 8).toString("hex")}ffffffffffffffffff01`, size),
};

/** Binary bodies beside those of one field. */
const binaries: Readonly<Record<string, (size: number) => Buffer>> = {
  "unknown varints": (size) => fill("f87f01", size),
  "unknown empty fields": (size) => fill("fa7f00", size),
  "unknown long field": (size) => Buffer.concat([Buffer.from("fa7f", "hex"), varint(size), Buffer.alloc(size)]),
  "unknown groups": (size) => fill("fb7ffc7f", size),
  "unknown groups, nested": (size) => Buffer.concat([fill("fb7f", size / 2), fill("fc7f", size / 2)]),
  "unknown groups that do not end": (size) => fill("fb7f", size),
  "an endless varint": (size) => fill("80", size),
  "ends of groups": (size) => fill("0c", size),
  zeros: (size) => fill("00", size),
};

/** Numbers of fields: they are counted through in `api.ts`. */
const fieldNumbers = Array.from({ length: 80 }, (_, index) => index + 1);

/** Bodies in binary. */
export function binaryInputs(): HostileInput[] {
  const request = (body: Buffer): HostileRequest => ({
    method: "POST",
    path: "/v1/echo",
    headers: { "Content-Type": "application/x-protobuf" },
    body,
  });
  return [
    ...fieldNumbers.flatMap((number) =>
      Object.entries(contents).map(([kind, content]) => ({
        name: `protobuf, field ${number}, ${kind}`,
        most: largestBytes,
        request: (size: number) => request(content(number, size - 20)),
      })),
    ),
    ...Object.entries(binaries).map(([kind, content]) => ({
      name: `protobuf, ${kind}`,
      most: largestBytes,
      request: (size: number) => request(content(size - 20)),
    })),
  ];
}
