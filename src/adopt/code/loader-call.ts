/** The options with which @grpc/proto-loader is called, as `messages` has them. */
import { Node, SyntaxKind } from "ts-morph";
import type { Sources } from "./sources.js";
import { trace } from "./trace.js";

/** The style of the messages; `bridge` for classes of generated code; or why it is not known. */
export type FoundStyle =
  | { readonly kind: "messages"; readonly messages: string | Readonly<Record<string, boolean | string>> }
  | { readonly kind: "bridge" }
  | { readonly kind: "unknown"; readonly reason: string };

/** Options that change messages. */
const flags = ["keepCase", "defaults", "arrays", "objects", "oneofs"];
const choices: Readonly<Record<string, readonly string[]>> = {
  longs: ["String", "Number", "BigInt", "Long"],
  enums: ["String", "Number"],
  bytes: ["String", "Array"],
};

/** The style of what `loadPackageDefinition(definition)` makes. */
export function styleOfDefinition(sources: Sources, definition: Node): FoundStyle {
  const { root, names } = trace(sources, definition);
  if (
    !Node.isCallExpression(root) ||
    !/(?:^|\.)load(?:Sync)?$/.test(root.getExpression().getText()) ||
    names.length > 0
  )
    return { kind: "unknown", reason: "the definition does not come from load or loadSync of @grpc/proto-loader" };
  const [, given] = root.getArguments();
  const options = given === undefined ? undefined : trace(sources, given).root;
  return styleOfOptions(options, root.getExpression().getText());
}

/** The style for the options of a loader, which go by `name` in the reason why they are not known; undefined: the defaults. */
export function styleOfOptions(options: Node | undefined, name: string): FoundStyle {
  if (options === undefined) return { kind: "messages", messages: {} };
  if (!Node.isObjectLiteralExpression(options))
    return { kind: "unknown", reason: `the options of ${name} are not written in place` };
  return readOptions(options.getProperties());
}

/** The style of the only call of the loader in a file, for definitions that are not traced to it. */
export function styleOfOnlyLoader(sources: Sources, at: Node, otherwise: FoundStyle): FoundStyle {
  const calls = at
    .getSourceFile()
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => /(?:[lL]oader\.|^)load(?:Sync)?$/.test(call.getExpression().getText()));
  const [only, ...others] = calls;
  return only === undefined || others.length > 0 ? otherwise : styleOfDefinition(sources, only);
}

function readOptions(properties: readonly Node[]): FoundStyle {
  const messages: Record<string, boolean | string> = {};
  for (const property of properties) {
    const isNamed = Node.isPropertyAssignment(property) || Node.isShorthandPropertyAssignment(property);
    const name = isNamed ? property.getName() : "";
    if (name !== "" && !flags.includes(name) && !(name in choices)) continue;
    const value = Node.isPropertyAssignment(property) ? property.getInitializer()?.getText() : undefined;
    const option = value === undefined ? undefined : readOption(name, value);
    if (option === undefined)
      return { kind: "unknown", reason: `an option of the loader is \`${property.getText()}\`, not written in place` };
    if (option !== false) messages[name] = option;
  }
  return { kind: "messages", messages };
}

/** False for the default; undefined for a value that the text does not tell. */
function readOption(name: string, value: string): boolean | string | undefined {
  const known = choices[name];
  if (known !== undefined) return value === "undefined" ? false : known.find((choice) => value === choice);
  return value === "true" || value === "false" ? value === "true" : undefined;
}
