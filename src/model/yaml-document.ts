/** YAML texts of users: parsed with places, in time by their length. */
import {
  type Document,
  isMap,
  isScalar,
  type LineCounter,
  type Pair,
  parseDocument,
  type ParsedNode,
  visit,
} from "yaml";
import { findTooDeep } from "./yaml-depth.js";

/** Something that the parser says about a text; `range` are offsets. */
export interface YamlProblem {
  readonly message: string;
  readonly range: readonly [number, number];
  readonly severity: "error" | "warning";
}

/** A document, with what is wrong with it; or a text that no parser should see. */
export type YamlReading =
  | {
      readonly kind: "document";
      readonly document: Document.Parsed<ParsedNode>;
      readonly problems: readonly YamlProblem[];
    }
  | { readonly kind: "tooDeep" };

/**
 * Parses a text; `lines` learns where its lines begin. The parser recurses and collects what is wrong at every level, so deep
 * texts are kept from it (a few hundred bytes would keep it busy for minutes); and it compares every key with every other, so that
 * is done here.
 */
export function readYaml(text: string, lines: LineCounter): YamlReading {
  if (findTooDeep(text) !== undefined) return { kind: "tooDeep" };
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      // Nothing is printed past the findings; "silent" would keep back that there are several documents.
      logLevel: "error",
      uniqueKeys: false,
    });
    const problems = [...document.errors, ...document.warnings].map(({ name, code, message, pos }): YamlProblem => {
      const told = code === "MULTIPLE_DOCS" ? "the file holds several documents" : message;
      return { message: told, range: pos, severity: name === "YAMLParseError" ? "error" : "warning" };
    });
    return { kind: "document", document, problems: [...problems, ...repeatedKeys(document)] };
  } catch (error) {
    // Nothing else in the parser throws.
    if (error instanceof RangeError) return { kind: "tooDeep" };
    throw error;
  }
}

function repeatedKeys(document: Document.Parsed<ParsedNode>): YamlProblem[] {
  const found: YamlProblem[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) found.push(repeatedKey(key.range ?? [0, 0, 0]));
        seen.add(key.value);
      }
    },
  });
  return found;
}

function repeatedKey([start, end]: readonly [number, number, number]): YamlProblem {
  return { message: "Map keys must be unique", range: [start, end], severity: "error" };
}

/** The pairs of each map that was asked for, by their keys as text. */
const pairsOfMaps = new WeakMap<object, ReadonlyMap<string, Pair>>();

/** The first pair of a map under a key; undefined for what is no map. */
export function findPair(node: unknown, key: string): Pair | undefined {
  if (!isMap(node)) return undefined;
  const known = pairsOfMaps.get(node) ?? indexPairs(node.items);
  pairsOfMaps.set(node, known);
  return known.get(key);
}

function indexPairs(items: readonly Pair[]): ReadonlyMap<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const pair of items) {
    const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
    if (!pairs.has(key)) pairs.set(key, pair);
  }
  return pairs;
}
