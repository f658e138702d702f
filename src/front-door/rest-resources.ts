/**
 * The resources of a REST API are a tree in which a parent has at most one child that is a variable, greedy or not.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
 */

/** A resource with its children by what requests may have there: text, or `{}` for the variable. */
interface Resource {
  readonly children: Map<string, Resource>;
  /** Name of the variable child. */
  variable: string | undefined;
  /** Some path has a greedy variable here. */
  greedy: boolean;
}

/**
 * The paths to use for `paths`: variables under one parent get the name of the first, and where one of them is greedy, all are, and
 * end the path there.
 */
export function arrangeResources(paths: readonly string[]): Map<string, string> {
  const root = createResource();
  for (const path of paths) addPath(root, path);
  return new Map(paths.map((path) => [path, arrangePath(root, path)]));
}

function createResource(): Resource {
  return { children: new Map(), variable: undefined, greedy: false };
}

function addPath(root: Resource, path: string): void {
  let resource = root;
  for (const part of path.split("/").slice(1)) {
    const name = variableName(part);
    if (name !== undefined) {
      resource.variable ??= name;
      resource.greedy ||= part.endsWith("+}");
    }
    const key = name === undefined ? part : "{}";
    const child = resource.children.get(key) ?? createResource();
    resource.children.set(key, child);
    resource = child;
  }
}

function arrangePath(root: Resource, path: string): string {
  let resource: Resource | undefined = root;
  const parts: string[] = [];
  for (const part of path.split("/").slice(1)) {
    const isVariable = variableName(part) !== undefined;
    const name: string = resource?.variable ?? part;
    if (isVariable && resource?.greedy === true) return `/${[...parts, `{${name}+}`].join("/")}`;
    parts.push(isVariable ? `{${name}}` : part);
    resource = resource?.children.get(isVariable ? "{}" : part);
  }
  return `/${parts.join("/")}`;
}

function variableName(part: string): string | undefined {
  return /^\{(.+?)\+?\}$/.exec(part)?.[1];
}
