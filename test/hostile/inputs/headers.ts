/** Headers. */
import { texts } from "./texts.js";
import { type HostileInput, largestHeader, repeat } from "./input.js";

const headerTexts: Readonly<Record<string, (size: number) => string>> = {
  ...texts,
  spaces: (size) => `a${repeat(" ", size)}b`,
  semicolons: (size) => repeat("a;", size),
  "semicolons and spaces": (size) => `multipart/form-data${repeat("; ", size)}`,
  "boundaries without an end": (size) => `multipart/form-data${repeat(';boundary="', size)}`,
  "media ranges": (size) => repeat("a/b;q=1,", size),
  codings: (size) => repeat("gzip,", size),
  "equals signs": (size) => repeat("=", size),
  "base64 in parts": (size) => repeat("AA==,", size),
};

/** Every header that is read. */
export function headerInputs(): HostileInput[] {
  const names = [
    ..."Accept Accept-Encoding Authorization Content-Encoding Content-Type Cookie Grpc-Timeout TE".split(" "),
    ..."Grpc-Metadata-Text Grpc-Metadata-Key-Bin X-Forwarded-For X-Forwarded-Host X-HTTP-Method-Override".split(" "),
    ..."Grpc-Metadata-Grpc-Timeout X-Upload-Id X-Upload-Content-Length".split(" "),
  ];
  return [
    ...names.flatMap((name) =>
      Object.entries(headerTexts).map(([kind, text]) => ({
        name: `header ${name}, ${kind}`,
        most: largestHeader,
        request: (size: number) => ({
          method: "POST",
          path: "/v1/flat",
          headers: { "Content-Type": "application/json", [name]: text(size) },
          body: "{}",
        }),
      })),
    ),
    {
      name: "many headers",
      most: largestHeader,
      request: (size) => ({
        method: "POST",
        path: "/v1/flat",
        headers: Object.fromEntries(Array.from({ length: size / 20 }, (_, at) => [`Grpc-Metadata-K${at}`, "a"])),
        body: "{}",
      }),
    },
  ];
}
