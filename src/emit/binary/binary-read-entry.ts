/** Emits how the entries of a map field are read: messages with the fields 1 and 2, of which either may be absent. */
import type { ScalarType } from "../../model/api-model.js";
import { caseOf, fieldLoop, readerType, unknownFunction } from "./binary-frame.js";
import { binaryFunction, readEntryName } from "./binary-names.js";
import { enumTest, isClosedEnum, readElement } from "./binary-read-value.js";
import { longReader, readerFunction, scalarReader, tagOf, wireTypeOf } from "./binary-scalar.js";
import type { ReaderScope } from "./binary-store.js";
import { type Lines, stringLiteral, wrapList } from "../print/code-file.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { mapObject } from "../objects/field-access.js";
import { scalarZero, zeroValue } from "../objects/initial-value.js";
import type { FieldView } from "../objects/message-view.js";
import { isLong } from "../objects/native-type.js";
import { elementType, messageType } from "../objects/type-text.js";
import { binaryDecoderName } from "../objects/modules.js";
import { useRuntime } from "../objects/runtime.js";

/** `function readShelf_labelsEntry(reader, message)`, which sets one entry of the map in `message`. */
export function emitEntryReader(scope: ReaderScope, view: FieldView): Lines[] {
  const { context, plan, message } = scope;
  const { field, element: value } = view;
  const { shape } = field;
  if (shape.kind !== "map") return [];
  const key = keyForm(context, view, shape.key);
  const type = messageType(context, message.fullName);
  const skip = unknownFunction(context, "skipUnknownField");
  return [
    ...wrapList(
      `function ${readEntryName(plan, field.name)}(`,
      [`reader: ${readerType(context)}`, `message: ${type}`],
      "): void {",
    ),
    [
      ...(isClosedEnum(value) ? ["const start = reader.position;"] : []),
      `let end = ${readerFunction(context, "openMessage")}(reader);`,
      `let key: ${key.type} | undefined;`,
      ...entryValue(context, view),
      "try {",
      fieldLoop(
        context,
        [
          ...caseOf(tagOf(1, wireTypeOf({ kind: "scalar", scalar: shape.key, utf8: true })), [`key = ${key.read};`]),
          ...caseOf(tagOf(2, wireTypeOf(value)), [`value = ${readElement(context, value, "tag", "value")};`]),
        ],
        [`end = ${skip}(reader, tag, end);`],
      ),
      "} catch (error) {",
      [`throw ${useRuntime(context, "binary-path", "inEntry")}(error, ${key.text});`],
      "}",
      `${readerFunction(context, "closeMessage")}(reader, end);`,
      ...storeEntry(scope, view, (entry) => [key.set(entry)]),
    ],
    "}",
  ];
}

/** The key of an entry: its type, how it is read, its text in errors, and the line that sets an entry under it. */
interface KeyForm {
  readonly type: string;
  readonly read: string;
  readonly text: string;
  readonly set: (entry: string) => string;
}

function keyForm(context: EmitContext, view: FieldView, scalar: ScalarType): KeyForm {
  const map = mapObject(context, view, "message");
  if (view.keyedBy === undefined) {
    const setEntry = useRuntime(context, "set-entry", "setEntry");
    const set = (entry: string): string => `${setEntry}(${map}, key ?? ${zeroKey(scalar)}, ${entry});`;
    return { type: "string", read: keyReader(context, scalar), text: "key", set };
  }
  return {
    type: elementType(context, { kind: "scalar", scalar, utf8: true }),
    read: scalarReader(context, scalar, true),
    text: "key?.toString()",
    set: (entry) => `${map}.set(key ?? ${scalarZero(context, scalar)}, ${entry});`,
  };
}

/** The key of an entry that has none. */
function zeroKey(key: ScalarType): string {
  return stringLiteral(key === "string" ? "" : key === "bool" ? "false" : "0");
}

function entryValue(context: EmitContext, { element, native }: FieldView): string[] {
  const type = elementType(context, element);
  if (element.kind === "message" && native === undefined) return [`let value: ${type} | undefined;`];
  const closed = isClosedEnum(element) ? " | number" : "";
  return [`let value: ${type}${closed} = ${zeroValue(context, element)};`];
}

/** Keys are property names: text, whatever their type. */
function keyReader(context: EmitContext, key: ScalarType): string {
  if (key === "string") return scalarReader(context, key, true);
  return isLong(key) ? longReader(context, key, "String") : `String(${scalarReader(context, key, true)})`;
}

function storeEntry(
  { context }: ReaderScope,
  { field, element: value, native }: FieldView,
  set: (entry: string) => string[],
): Lines[] {
  if (isClosedEnum(value)) {
    const keep = `${unknownFunction(context, "keepUnknownRange")}(reader, message, ${tagOf(field.number, 2)}, start);`;
    return [`if (${enumTest(context, value.fullName)}) {`, set("value"), `} else ${keep}`];
  }
  if (value.kind !== "message" || native !== undefined) return set("value");
  const { module, plan } = context.index.message(value.fullName, context.style);
  const decode = binaryFunction(context, module, binaryDecoderName(plan));
  return set(`value ?? ${decode}(new Uint8Array(0))`);
}
