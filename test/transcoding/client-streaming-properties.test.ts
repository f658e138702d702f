/** Streams of requests by property: any list of messages, and any body. */
import { expect, test } from "vitest";
import { isWellFormed } from "../../src/runtime/json/json-read.js";
import { fc, runs } from "../support/property.js";
import { type Loose, post, received, setUpStreams } from "./stream-service.js";

setUpStreams();

const text = fc.string({ unit: "grapheme", maxLength: 8 }).filter(isWellFormed);
const book = fc.record({
  title: fc.oneof(text, fc.constantFrom("{", "]", '"', "\\", '\\"', ",", "\n")),
  pages: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  marks: fc.dictionary(text, fc.integer({ min: -9, max: 9 }), { maxKeys: 2 }),
  parts: fc.array(fc.record({ title: text }), { maxLength: 2 }),
});
const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t"), maxLength: 3 });

test("any list of messages arrives as it was, in any form", async () => {
  const inputs = [fc.array(book, { maxLength: 6 }), fc.boolean(), fc.infiniteStream(space), fc.boolean()] as const;
  await fc.assert(
    fc.asyncProperty(...inputs, async (books, isArray, spaces, isIndented) => {
      received.length = 0;
      const gap = (): string => spaces.next().value ?? "";
      const parts = books.map((each) => gap() + JSON.stringify(each, null, isIndented ? 2 : 0) + gap());
      const body = isArray ? `${gap()}[${parts.join(",") || gap()}]${gap()}` : parts.join("") || gap();
      const { status } = await post("add-books", body);
      expect(status).toBe(200);
      const sent = received.map(({ title, pages, marks, parts: own }) => {
        return {
          title,
          pages: String(pages),
          marks: { ...marks },
          parts: own.map((part: Loose) => ({ title: part.title })),
        };
      });
      expect(sent).toEqual(books.map((each) => ({ ...each, marks: { ...each.marks } })));
    }),
    { numRuns: runs(300) },
  );
});

const piece = fc.oneof(
  fc.constantFrom(...'{ } [ ] , : " \\ {} [{}] null 1e5 -0 true {"title":"a"} {"pages":1} "title" \ufeff'.split(" ")),
  space,
  fc.string({ unit: "binary", maxLength: 3 }),
);
const anyBody = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
  fc.uint8Array({ maxLength: 20 }),
);

/** What the body holds as JSON.parse reads it; undefined for a body that is no stream of objects. */
function reference(body: string): unknown[] | undefined {
  const values = readAll(body);
  const [first] = values ?? [];
  const list = values?.length === 1 && Array.isArray(first) ? first : values;
  return list?.every((value) => typeof value === "object" && value !== null && !Array.isArray(value))
    ? list
    : undefined;
}

/** JSON values one after the other, by trying every end. */
function readAll(rest: string): unknown[] | undefined {
  const trimmed = rest.replace(/^[ \t\r\n]+/, "");
  if (trimmed === "") return [];
  for (let end = 1; end <= trimmed.length; end++) {
    try {
      const value: unknown = JSON.parse(trimmed.slice(0, end));
      if (typeof value !== "object" || value === null) return undefined;
      const more = readAll(trimmed.slice(end));
      return more && [value, ...more];
    } catch {}
  }
  return undefined;
}

test("any body has a well-formed answer, and is a stream only where JSON says so", async () => {
  let streams = 0;
  await fc.assert(
    fc.asyncProperty(anyBody, async (bytes) => {
      const body = Buffer.from(typeof bytes === "string" ? Buffer.from(bytes) : bytes);
      const { status, lines } = await post("add-books", body.toString("base64"), { isBase64Encoded: true });
      const expected = reference(body.toString("utf8"));
      if (status === 200) {
        streams++;
        expect(lines[0].count).toBe(expected?.length);
      } else {
        expect(status).toBe(400);
        expect(Object.keys(lines[0])).toEqual(["code", "message", "details"]);
        // The values of members are another matter.
        expect(expected === undefined || expected.length > 0).toBe(true);
      }
    }),
    { numRuns: runs(2000) },
  );
  expect(streams).toBeGreaterThan(runs(100));
});
