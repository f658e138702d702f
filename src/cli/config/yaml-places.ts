/** Places of the values in a YAML document. */
import { type Document, isAlias, isSeq, type LineCounter, type Node, type Range } from "yaml";
import type { Location } from "../../diagnostics.js";
import { findPair } from "../../model/yaml-document.js";

/** Keys and indexes from the root down. */
export type ConfigPath = readonly (string | number)[];

/** Finds places by path; for a path that the document does not have, the nearest one above it. */
export interface YamlPlaces {
  ofValue(path: ConfigPath): Location;
  /** The key that ends the path. */
  ofKey(path: ConfigPath): Location;
}

/** Prepares the look-up; `lineCounter` is the one that the document was parsed with. */
export function createYamlPlaces(document: Document, lineCounter: LineCounter, file: string): YamlPlaces {
  const locate = (node: unknown): Location => {
    const [start, end] = rangeOf(node) ?? rangeOf(document.contents) ?? [0, 0];
    const from = lineCounter.linePos(start);
    const to = lineCounter.linePos(Math.max(start, end));
    return { file, line: from.line || 1, column: from.col || 1, endLine: to.line || 1, endColumn: to.col || 1 };
  };
  const find = (path: ConfigPath): { node: unknown; key: unknown } => {
    let node: unknown = document.contents;
    let key: unknown;
    for (const part of path) {
      const container = isAlias(node) ? node.resolve(document) : node;
      const pair = findPair(container, String(part));
      const item = isSeq(container) ? container.items[Number(part)] : undefined;
      if (pair === undefined && item === undefined) break;
      key = pair?.key ?? item;
      node = pair === undefined ? item : (pair.value ?? pair.key);
    }
    return { node, key };
  };
  return {
    ofValue: (path) => locate(find(path).node),
    ofKey: (path) => {
      const { node, key } = find(path);
      return locate(key ?? node);
    },
  };
}

function rangeOf(node: unknown): Range | undefined {
  return (node as Node | null | undefined)?.range ?? undefined;
}
