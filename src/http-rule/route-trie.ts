/** Finds the routes that may overlap a template without comparing it with every other one. */
import type { PathTemplate, Segment } from "./path-template.js";

/** The part of a template that the trie uses. */
type Segments = Pick<PathTemplate, "segments">;

/** Routes by their segments. Answers may contain templates that do not overlap; none that does is missing. */
export interface RouteTrie {
  /** Remembers a template under a number of the caller's. */
  add(id: number, template: Segments): void;
  /** Ids, ascending. */
  overlapping(template: Segments): number[];
}

interface Node {
  readonly literals: Map<string, Node>;
  wildcard?: Node;
  /** Templates that end here. */
  readonly ends: number[];
  /** Templates that go on in a way this index does not follow. */
  readonly open: number[];
}

/** An empty index. */
export function createRouteTrie(): RouteTrie {
  const root = createNode();
  return {
    add: (id, template) => addRoute(root, id, template),
    overlapping: (template) => collectOverlapping(root, template).sort((a, b) => a - b),
  };
}

function addRoute(root: Node, id: number, { segments }: Segments): void {
  let node = root;
  for (const [at, segment] of segments.entries()) {
    if (isOpen(segment, at === segments.length - 1)) {
      node.open.push(id);
      return;
    }
    node = segment.kind === "literal" ? literalChild(node, segment.text) : wildcardChild(node);
  }
  node.ends.push(id);
}

function collectOverlapping(root: Node, { segments }: Segments): number[] {
  const found: number[] = [];
  let nodes: Node[] = [root];
  for (const [at, segment] of segments.entries()) {
    if (isOpen(segment, at === segments.length - 1)) {
      for (const node of nodes) collectAll(node, found);
      return found;
    }
    for (const node of nodes) addAll(found, node.open);
    nodes = nodes.flatMap((node) => childrenFor(node, segment));
  }
  for (const node of nodes) {
    addAll(found, node.ends);
    addAll(found, node.open);
  }
  return found;
}

/** `**`, and a text with ":" at the end, which may be the same as a shorter text with a verb. */
function isOpen(segment: Segment, last: boolean): boolean {
  return segment.kind === "deepWildcard" || (last && segment.kind === "literal" && segment.text.includes(":"));
}

function childrenFor(node: Node, segment: Segment): Node[] {
  const wildcard = node.wildcard === undefined ? [] : [node.wildcard];
  if (segment.kind !== "literal") return [...node.literals.values(), ...wildcard];
  const literal = node.literals.get(segment.text);
  return literal === undefined ? wildcard : [literal, ...wildcard];
}

function collectAll(start: Node, found: number[]): void {
  const waiting = [start];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    addAll(found, node.ends);
    addAll(found, node.open);
    for (const child of node.literals.values()) waiting.push(child);
    if (node.wildcard !== undefined) waiting.push(node.wildcard);
  }
}

/** One by one: arguments are on the stack, which has no room for a hundred thousand. */
function addAll(found: number[], more: readonly number[]): void {
  for (const each of more) found.push(each);
}

function createNode(): Node {
  return { literals: new Map(), ends: [], open: [] };
}

function literalChild(node: Node, text: string): Node {
  const child = node.literals.get(text) ?? createNode();
  node.literals.set(text, child);
  return child;
}

function wildcardChild(node: Node): Node {
  node.wildcard ??= createNode();
  return node.wildcard;
}
