/** Full names: `pkg.Message.field`, without a leading dot. */

/** `scope.name`, or `name` at the top level of a file without a package. */
export function joinName(scope: string, name: string): string {
  return scope === "" ? name : `${scope}.${name}`;
}

/** `a.b` -> `a` -> "" -> undefined. */
export function enclosingScope(scope: string): string | undefined {
  if (scope === "") return undefined;
  const dot = scope.lastIndexOf(".");
  return dot < 0 ? "" : scope.slice(0, dot);
}
