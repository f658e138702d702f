/** Emits how the entries of a map field are read: messages with the fields 1 and 2, of which either may be absent. */
import type { ScalarType } from "../../model/api-model.js";
import { fieldCase, fieldLoop, readerType, unknownFunction } from "./binary-frame.js";
import { binaryFunction, readEntryName } from "./binary-names.js";
import { enumTest, isClosedEnum, readElement } from "./binary-read-value.js";
import { readerFunction, readLong, readScalar, tagOf, wireTypeOf } from "./binary-scalar.js";
import type { ReaderScope } from "./binary-store.js";
import type { Lines, Statement } from "../print/code-file.js";
import {
  call,
  callMethod,
  construct,
  type Expression,
  member,
  optionalMember,
  orElse,
  literal,
} from "../print/expression.js";
import { assign, constant, declareFunction, run, throws, tryCatch, variable, when } from "../print/statement.js";
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
  const keyTag = tagOf(1, wireTypeOf({ kind: "scalar", scalar: shape.key, utf8: true }));
  const loop = fieldLoop(
    context,
    [
      ...fieldCase(keyTag, [assign("key", key.read)]),
      ...fieldCase(tagOf(2, wireTypeOf(value)), [assign("value", readElement(context, value, "tag", "value"))]),
    ],
    [assign("end", call(skip, "reader", "tag", "end"))],
  );
  const parameters = [`reader: ${readerType(context)}`, `message: ${type}`];
  return declareFunction(`function ${readEntryName(plan, field.name)}`, parameters, "void", [
    ...(isClosedEnum(value) ? [constant("start", member("reader", "position"))] : []),
    variable("end", call(readerFunction(context, "openMessage"), "reader")),
    `let key: ${key.type} | undefined;`,
    ...entryValue(context, view),
    ...tryCatch(loop, [throws(call(useRuntime(context, "binary-path", "inEntry"), "error", key.text))]),
    run(call(readerFunction(context, "closeMessage"), "reader", "end")),
    ...storeEntry(scope, view, key.set),
  ]);
}

/** The key of an entry: its type, how it is read, its text in errors, and the statement that sets an entry under it. */
interface KeyForm {
  readonly type: string;
  readonly read: Expression;
  readonly text: Expression;
  readonly set: (entry: Expression) => Statement;
}

function keyForm(context: EmitContext, view: FieldView, scalar: ScalarType): KeyForm {
  const map = mapObject(context, view, "message");
  if (view.keyedBy === undefined) {
    const setEntry = useRuntime(context, "set-entry", "setEntry");
    const set = (entry: Expression): Statement => run(call(setEntry, map, orElse("key", zeroKey(scalar)), entry));
    return { type: "string", read: readKey(context, scalar), text: "key", set };
  }
  return {
    type: elementType(context, { kind: "scalar", scalar, utf8: true }),
    read: readScalar(context, scalar, true),
    text: call(optionalMember("key", "toString")),
    set: (entry) => run(callMethod(map, "set", orElse("key", scalarZero(context, scalar)), entry)),
  };
}

/** The key of an entry that has none. */
function zeroKey(key: ScalarType): Expression {
  return literal(key === "string" ? "" : key === "bool" ? "false" : "0");
}

function entryValue(context: EmitContext, { element, native }: FieldView): Lines[] {
  const type = elementType(context, element);
  if (element.kind === "message" && native === undefined) return [`let value: ${type} | undefined;`];
  const closed = isClosedEnum(element) ? " | number" : "";
  return [variable("value", zeroValue(context, element), type + closed)];
}

/** Keys are property names: text, whatever their type. */
function readKey(context: EmitContext, key: ScalarType): Expression {
  if (key === "string") return readScalar(context, key, true);
  return isLong(key) ? readLong(context, key, "String") : call("String", readScalar(context, key, true));
}

function storeEntry(
  { context }: ReaderScope,
  { field, element: value, native }: FieldView,
  set: (entry: Expression) => Statement,
): Lines[] {
  if (isClosedEnum(value)) {
    const tag = `${tagOf(field.number, 2)}`;
    const keep = call(unknownFunction(context, "keepUnknownRange"), "reader", "message", tag, "start");
    return when(enumTest(context, value.fullName), [set("value")], run(keep));
  }
  if (value.kind !== "message" || native !== undefined) return [set("value")];
  const { module, plan } = context.index.message(value.fullName, context.style);
  const decode = binaryFunction(context, module, binaryDecoderName(plan));
  return [set(orElse("value", call(decode, construct("Uint8Array", "0"))))];
}
