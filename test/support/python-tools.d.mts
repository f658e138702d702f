/** The folder of a virtual environment with `packages`, or the reason why there is none. */
export function pythonTools(
  name: string,
  packages: readonly string[],
): { readonly folder: string; readonly missing?: never } | { readonly folder?: never; readonly missing: string };
