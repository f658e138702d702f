import { describe, expect, test } from "vitest";
import { decodeStringLiteral } from "../../src/proto/syntax/string-literal.js";

describe("decodeStringLiteral", () => {
  // [what stands between the quotes, text, bytes as latin1]
  test.each([
    ["", "", ""],
    ["/v1/{name=shelves/*}", "/v1/{name=shelves/*}", "/v1/{name=shelves/*}"],
    ["é", "é", "\xc3\xa9"],
    ["\\u00e9", "é", "\xc3\xa9"],
    ["\\303\\251", "é", "\xc3\xa9"],
    ["\\xc3\\xA9", "é", "\xc3\xa9"],
    ["\\Xc3\\XA9", "é", "\xc3\xa9"],
    ["\\U0001F600", "😀", "\xf0\x9f\x98\x80"],
    ["\\ud83d\\ude00", "😀", "\xf0\x9f\x98\x80"],
    ["\\a\\b\\f\\n\\r\\t\\v", "\x07\b\f\n\r\t\v", "\x07\b\f\n\r\t\v"],
    ["\\\\ \\' \\\" \\?", "\\ ' \" ?", "\\ ' \" ?"],
    ["\\0\\1\\12\\1234", "\0\x01\nS4", "\0\x01\nS4"],
    ["\\x4\\x4a\\x4aa", "\x04JJa", "\x04JJa"],
    ["\\377", "\ufffd", "\xff"],
    ["a\\303é\\251b", "a\ufffdé\ufffdb", "a\xc3\xc3\xa9\xa9b"],
  ])("%s", (literal, text, bytes) => {
    const faults: string[] = [];
    expect(decodeStringLiteral(literal, (from, to) => faults.push(literal.slice(from, to)))).toEqual({ text, bytes });
    expect(faults).toEqual([]);
  });

  test.each([
    ["a\\qb", "\\q"],
    ["\\u12", "\\u"],
    ["\\U00110000", "\\U00110000"],
    ["\\U0001F60", "\\U"],
    ["\\x", "\\x"],
    ["\\400", "\\400"],
    ["\\8", "\\8"],
    ["end\\", "\\"],
  ])("%s has a wrong escape", (literal, wrong) => {
    const faults: string[] = [];
    decodeStringLiteral(literal, (from, to) => faults.push(literal.slice(from, to)));
    expect(faults).toEqual([wrong]);
  });
});
