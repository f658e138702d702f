/** Compressed bodies. */
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import {
  fill,
  type HostileInput,
  type HostileRequest,
  json,
  largestBytes,
  largestInflated,
  nest,
  repeat,
} from "./input.js";

const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

function compressed(body: string | Buffer, codings: readonly (keyof typeof encoders)[]): HostileRequest {
  let bytes = Buffer.from(body);
  for (const coding of codings) bytes = encoders[coding](bytes);
  return {
    method: "POST",
    path: "/v1/echo",
    headers: { ...json, "Content-Encoding": codings.join(", ") },
    body: bytes,
  };
}

/** Bodies that inflate, and one that does not. */
export function compressedInputs(): HostileInput[] {
  const inflated: Readonly<Record<string, (size: number) => string>> = {
    "empty messages": (size) => `{"smalls":[${repeat("{},", size)}{}]}`,
    "messages of all kinds": (size) => `{"many":[${repeat("{},", size)}{}]}`,
    "empty strings": (size) => `{"listString":[${repeat('"",', size)}""]}`,
    "unknown empty strings": (size) => `{"unknown":[${repeat('"",', size)}""]}`,
    "empty objects in a Struct": (size) => `{"aStruct":{"a":[${repeat("{},", size)}{}]}}`,
    zeros: (size) => `{"listInt64":[${repeat("0,", size)}0]}`,
    "a long text": (size) => `{"aString":"${repeat("x", size)}"}`,
    "a long text of other characters": (size) => `{"aString":"${repeat("é", size / 2)}"}`,
    "white space": (size) => repeat(" ", size),
    "lists that do not end": (size) => repeat("[", size),
    "lists that end": (size) => `{"aValue":${nest("[", "]", size)}}`,
    "members of one name": (size) => `{${repeat('"a":1,', size)}"a":2}`,
    "a long number": (size) => `{"aDouble":1.5${repeat("0", size)}1,"a":1,"a":1}`,
  };
  const layers = [["gzip"], ["br"], ["deflate"], ["gzip", "gzip"]] as const;
  return [
    ...Object.entries(inflated).flatMap(([kind, body]) =>
      layers.slice(0, kind === "empty messages" ? 4 : 1).map((codings) => ({
        name: `inflated by ${codings.join(" and ")}, ${kind}`,
        most: largestInflated,
        request: (size: number) => compressed(body(size - 100), codings),
      })),
    ),
    {
      name: "inflated, protobuf of empty messages",
      most: largestInflated,
      request: (size) => ({
        ...compressed(fill("1a00", size), ["gzip"]),
        headers: { "Content-Type": "application/x-protobuf", "Content-Encoding": "gzip" },
      }),
    },
    {
      name: "inflated, a form",
      most: largestInflated,
      request: (size) => ({
        ...compressed(repeat("a=1&", size), ["gzip"]),
        headers: { "Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "gzip" },
      }),
    },
    {
      name: "inflated, ten times as much as may be",
      most: largestInflated * 4,
      request: (size) => compressed(Buffer.alloc(size), ["gzip"]),
    },
    {
      name: "gzip that is cut off",
      most: largestBytes,
      request: (size) => {
        const { body, ...request } = compressed(repeat("ab", size), ["gzip"]);
        return { ...request, body: (body as Buffer).subarray(0, -20) };
      },
    },
  ];
}
