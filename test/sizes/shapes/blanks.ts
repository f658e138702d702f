/** What stands between the tokens, many times. */
import { api, list, message, oneFile, plain, type SizeShape } from "./shape.js";

/** What stands between the tokens. */
export const blanks: readonly SizeShape[] = [
  plain({
    name: "lines of a block comment",
    size: 50_000,
    make: (size) => oneFile(api(`/**\n${list(size, () => " * words")}\n */\n${message("  string s = 1;")}`)),
  }),
  plain({
    name: "stars in a block comment",
    size: 50_000,
    make: (size) => oneFile(api(`/*${list(size, () => "\n *", "")}\n */\n${message("  string s = 1;")}`)),
  }),
  plain({
    name: "spaces in a block comment",
    size: 500_000,
    make: (size) => oneFile(api(`/*\n${" ".repeat(size)}x${"\t".repeat(size)}*/\n${message("  string s = 1;")}`)),
  }),
  plain({
    name: "lines of comment",
    size: 50_000,
    make: (size) => oneFile(api(`${list(size, () => "// words @here */ */")}\n${message("  string s = 1;")}`)),
  }),
  plain({
    name: "comments that lead nothing",
    size: 50_000,
    make: (size) => oneFile(api(`${list(size, () => "// words\n")}\n${message("  string s = 1;")}`)),
  }),
  plain({
    name: "empty statements",
    size: 200_000,
    make: (size) => oneFile(api(`${";".repeat(size)}\n${message(`${";".repeat(size)}  string s = 1;`)}`)),
  }),
  plain({
    name: "characters of a comment",
    size: 1_000_000,
    make: (size) => oneFile(api(`// ${"x ".repeat(size)}\n${message("  string s = 1;")}`)),
  }),
];
