/** Forms in parts. */
import { type HostileInput, largestBody, repeat } from "./input.js";

const part = (headers: string, content: string): string => `--b\r\n${headers}\r\n\r\n${content}\r\n`;
const named = (name: string): string => `Content-Disposition: form-data; name="${name}"`;

const multiparts: Readonly<Record<string, (size: number) => string>> = {
  "a long part": (size) => `${part(named("a_string"), repeat("x", size))}--b--`,
  "a long number": (size) => `${part(named("a_double"), `${repeat("1", size)}x`)}--b--`,
  "a long file": (size) => `${part(`${named("a_bytes")}; filename="x"`, repeat("x", size))}--b--`,
  "many parts": (size) => `${repeat(part(named("list_string"), ""), size)}--b--`,
  "boundaries alone": (size) => repeat("--b\r\n", size),
  "what may be a boundary": (size) => part(named("a_string"), repeat("\r\n--", size)),
  "line ends": (size) => `--b${repeat("\r\n", size)}`,
  "a part that does not end": (size) => part(named("a_string"), repeat("x", size)),
  "long headers": (size) => `${part(`X: ${repeat("x", size)}\r\n${named("a_string")}`, "")}--b--`,
  "many headers": (size) => `${part(`${repeat("content-disposition:\r\n", size)}${named("a_string")}`, "")}--b--`,
  "parts with headers of quotes": (size) =>
    `${repeat(part(`content-disposition: form-data${';name="\\'.repeat(1000)}`, ""), size)}--b--`,
  "parts with headers of spaces": (size) =>
    `${repeat(part(`content-disposition: form-data;${" ".repeat(8000)}`, ""), size)}--b--`,
  "parts with headers of semicolons": (size) =>
    `${repeat(part(`content-disposition: form-data${"; ".repeat(4000)}`, ""), size)}--b--`,
  "parts with headers of line ends": (size) =>
    `${repeat(part(`content-disposition:${"\n".repeat(8000)}`, ""), size)}--b--`,
};

/** Forms in parts. */
export function multipartInputs(): HostileInput[] {
  return Object.entries(multiparts).map(([kind, body]) => ({
    name: `multipart, ${kind}`,
    most: largestBody,
    request: (size) => ({
      method: "POST",
      path: "/v1/echo",
      headers: { "Content-Type": "multipart/form-data; boundary=b" },
      body: body(size - 200),
    }),
  }));
}
