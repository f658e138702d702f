import { expect, test } from "vitest";
import { endAt } from "../../../src/cli/dev/end-at.js";

async function collect<Piece>(pieces: AsyncIterable<Piece>): Promise<Piece[]> {
  const all: Piece[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

test("gives every piece of a stream that ends in time", async () => {
  async function* pieces() {
    yield "a";
    yield "b";
  }
  expect(await collect(endAt(pieces(), Date.now() + 60_000))).toEqual(["a", "b"]);
});

test("ends a stream that has no further piece when time is up", async () => {
  async function* pieces() {
    yield "a";
    await new Promise(() => undefined);
    yield "b";
  }
  expect(await collect(endAt(pieces(), Date.now() + 20))).toEqual(["a"]);
});

test("returns the source when the reader stops", async () => {
  let returned = false;
  async function* pieces() {
    try {
      while (true) yield "a";
    } finally {
      returned = true;
    }
  }
  for await (const _ of endAt(pieces(), Date.now() + 60_000)) break;
  expect(returned).toBe(true);
});
