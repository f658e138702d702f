/** Small damage to text in a language of tokens: what comes out still has most of its form, which is where readers go wrong. */
import type { Random } from "../support/random-message.js";

const most = 3;

/** Words of .proto files and of YAML, and values at the edges of what their types hold. */
const pieces: readonly string[] = [
  ..."message enum oneof map repeated optional required extend extensions reserved group stream returns rpc service option".split(
    " ",
  ),
  ..."syntax edition import package public weak to max default json_name packed true false inf nan -inf".split(" "),
  ..."string bytes int32 int64 uint64 float double bool sint32 fixed64 Shelf Kind Old .acme.v1.Shelf google.protobuf.Any".split(
    " ",
  ),
  ..."0 1 -1 19000 536870911 536870912 2147483647 -2147483648 18446744073709551615 0x7f 017 1e400 .5 1.5f".split(" "),
  ...'"" "*" "/" "/v1/{name=**}" "/v1/*/{a}" "/v1/{shelf.name}:x" "name" "\\377" "\\ud800" "__proto__" "constructor"'.split(
    " ",
  ),
  ..."{ } [ ] ( ) < > = ; , : . - ? ! & * | > % @ ` # // /* */ --- ... << ~ null".split(" "),
  ..."__proto__ constructor toString prototype hasOwnProperty valueOf class await default".split(" "),
  "\u202e",
  "\ud800",
  "\0",
  "\t",
  "é",
  "😀",
];

/** Deletes, repeats, swaps, replaces and inserts tokens; sometimes moves a line, cuts, or goes on with another text. */
export function mutateTokens(text: string, other: string, random: Random): string {
  let tokens = split(text);
  for (let count = 1 + below(most, random); count > 0; count--) tokens = mutateOnce(tokens, other, random);
  return tokens.join("");
}

/** Words, strings, spaces and single characters; joined they are the text. */
function split(text: string): string[] {
  return text.match(/"(?:[^"\\\n]|\\.)*"|[A-Za-z_][\w.]*|\d[\w.]*|\s+|./gsu) ?? [];
}

function mutateOnce(tokens: readonly string[], other: string, random: Random): string[] {
  const at = below(tokens.length + 1, random);
  const length = 1 + below(4, random);
  const to = below(tokens.length + 1, random);
  const before = tokens.slice(0, at);
  const after = tokens.slice(at);
  switch (below(9, random)) {
    case 0:
      return [...before, ...after.slice(length)];
    case 1:
      return [...before, ...after.slice(0, length), ...after];
    case 2:
      return [...before, oneOf(pieces, random), ...after];
    case 3:
    case 4:
      return [...before, oneOf(pieces, random), ...after.slice(1)];
    case 5:
      return [...before, tokens[to] ?? "", ...after.slice(1)];
    case 6:
      return [...before, ...tokens.slice(to, to + 12), ...after];
    case 7:
      return moveLine(tokens.join(""), random);
    default:
      return random() < 0.5 ? before : [...before, ...split(other).slice(to)];
  }
}

/** A declaration in another place, or twice. */
function moveLine(text: string, random: Random): string[] {
  const lines = text.split("\n");
  const [line = ""] = random() < 0.5 ? lines.splice(below(lines.length, random), 1) : [oneOf(lines, random)];
  lines.splice(below(lines.length + 1, random), 0, line);
  return [lines.join("\n")];
}

function oneOf<T>(items: readonly T[], random: Random): T {
  return items[below(items.length, random)] as T;
}

function below(limit: number, random: Random): number {
  return Math.floor(random() * limit);
}
