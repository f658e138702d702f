/**
 * Finds messages that can contain themselves: Tarjan's strongly connected components, https://doi.org/10.1137/0201010.
 */

/** A message whose parts are being gone through. */
interface Visit {
  readonly name: string;
  readonly parts: readonly string[];
  next: number;
}

/** The order in which messages are met, and what is known of those that may still turn out to be in one cycle. */
interface Search {
  readonly partsOf: (name: string) => readonly string[];
  /** The turn at which a message was met. */
  readonly met: Map<string, number>;
  /** The earliest turn that a message leads back to. */
  readonly earliest: Map<string, number>;
  /** Messages that are in no finished component, in the order in which they were met. */
  readonly open: string[];
  readonly isOpen: Set<string>;
  readonly recursive: Set<string>;
}

/**
 * The messages among `names` that contain themselves through `partsOf`, which gives the names of a message's parts
 * (none for other types). Takes time by the number of messages and parts.
 */
export function findRecursive(
  names: Iterable<string>,
  partsOf: (name: string) => readonly string[],
): ReadonlySet<string> {
  const search: Search = {
    partsOf,
    met: new Map(),
    earliest: new Map(),
    open: [],
    isOpen: new Set(),
    recursive: new Set(),
  };
  for (const name of names) if (!search.met.has(name)) searchFrom(name, search);
  return search.recursive;
}

/** Uses a stack instead of recursion, because users decide how deep messages nest. */
function searchFrom(root: string, search: Search): void {
  const stack = [enter(root, search)];
  for (let visit = stack.at(-1); visit !== undefined; visit = stack.at(-1)) {
    const part = visit.parts[visit.next++];
    if (part === undefined) {
      stack.pop();
      leave(visit, stack.at(-1), search);
    } else if (!search.met.has(part)) stack.push(enter(part, search));
    else if (search.isOpen.has(part)) {
      lower(search.earliest, visit.name, search.met.get(part));
      if (part === visit.name) search.recursive.add(part);
    }
  }
}

function enter(name: string, search: Search): Visit {
  search.earliest.set(name, search.met.size);
  search.met.set(name, search.met.size);
  search.open.push(name);
  search.isOpen.add(name);
  return { name, parts: search.partsOf(name), next: 0 };
}

/** Closes the component that began with this message, if one did. */
function leave({ name }: Visit, above: Visit | undefined, search: Search): void {
  const { earliest, met, open, isOpen, recursive } = search;
  if (above !== undefined) lower(earliest, above.name, earliest.get(name));
  if (earliest.get(name) !== met.get(name)) return;
  const component = open.splice(open.lastIndexOf(name));
  for (const each of component) {
    isOpen.delete(each);
    if (component.length > 1) recursive.add(each);
  }
}

function lower(turns: Map<string, number>, name: string, turn = Number.POSITIVE_INFINITY): void {
  turns.set(name, Math.min(turns.get(name) ?? turn, turn));
}
