/** RPCs that Connect's router gets one by one: `router.rpc(ShopService.method.getItem, …)`. */
import { type CallExpression, Node, type PropertyAccessExpression } from "ts-morph";

/** RPCs of one service that functions of one file register. */
export interface RegisteredRpcs {
  /** The first call; the others are of the same router. */
  readonly call: CallExpression;
  /** The definition of the service. */
  readonly definition: Node;
  /** Names of the methods, in the order of the calls. */
  readonly methods: readonly string[];
}

/** The RPCs among the calls of a file, by the text of their service and by their router. */
export function readRpcs(calls: readonly CallExpression[]): RegisteredRpcs[] {
  const found = new Map<string, RegisteredRpcs>();
  for (const call of inOrder(calls)) {
    const description = descriptionOf(call);
    if (description === undefined) continue;
    const definition = serviceOf(description);
    if (definition === undefined) continue;
    const key = `${definition.getText()} ${routerOf(call)}`;
    const { methods = [], ...first } = found.get(key) ?? { call, definition };
    found.set(key, { ...first, methods: [...methods, description.getName()] });
  }
  return [...found.values()];
}

/** Calls of a chain begin at one place, the last one outermost: in the order of their ends they are as written. */
function inOrder(calls: readonly CallExpression[]): CallExpression[] {
  return [...calls].sort((a, b) => a.getEnd() - b.getEnd());
}

/** The description of the method: the first argument, in version 1 of Connect the second. */
function descriptionOf(call: CallExpression): PropertyAccessExpression | undefined {
  const called = call.getExpression();
  if (!Node.isPropertyAccessExpression(called) || called.getName() !== "rpc") return undefined;
  if (!/@connectrpc\/|ConnectRouter/.test(call.getSourceFile().getFullText())) return undefined;
  const descriptions = call.getArguments().slice(0, 2).filter(Node.isPropertyAccessExpression);
  return descriptions.find((one) => serviceOf(one) !== undefined);
}

/** `ShopService` of `ShopService.method.getItem`. */
function serviceOf(description: PropertyAccessExpression): Node | undefined {
  const list = description.getExpression();
  return Node.isPropertyAccessExpression(list) && /^methods?$/.test(list.getName()) ? list.getExpression() : undefined;
}

/** The function around the call: two functions of a router may be given to two servers. */
function routerOf(call: CallExpression): number {
  const around = call
    .getAncestors()
    .find((one) => Node.isFunctionDeclaration(one) || Node.isArrowFunction(one) || Node.isMethodDeclaration(one));
  return around?.getStart() ?? 0;
}
