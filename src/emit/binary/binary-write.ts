/**
 * Emits how a message is written: fields from the highest number to the lowest, because the runtime's writer fills its buffer
 * from the end and so knows a message's length when it comes to write it.
 */
import type { Field, ScalarType } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import { unknownFunction } from "./binary-frame.js";
import { binaryFunction, nativeBinary, writeBareName, writeName } from "./binary-names.js";
import { binaryFields } from "./binary-read.js";
import { isPackable, keyWriter, scalarWriter, tagOf, wireTypeOf, writerFunction } from "./binary-scalar.js";
import type { Lines, Statement } from "../print/code-file.js";
import { binary, call, cast, element as elementAt, every, type Expression, not, literal } from "../print/expression.js";
import { constant, declareFunction, forOf, returns, run, throws, when } from "../print/statement.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { nonZeroTest, readField } from "../objects/field-access.js";
import type { FieldView } from "../objects/message-view.js";
import { type HeldShape, isLong, nativeElement } from "../objects/native-type.js";
import { elementType, replyType } from "../objects/type-text.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";
import { takesLooseReplies } from "../objects/value-form.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/** `export function writeShelf(writer, message)`, which returns how many bytes it wrote. */
export function emitMessageWriter(context: EmitContext, plan: MessagePlan): Lines[] {
  const { message } = plan;
  const write = message.messageSetWireFormat ? writeItem : writeField;
  const fields = [...binaryFields(context, message)].reverse();
  const size = call(writerFunction(context, "writtenSize"), "writer");
  const parameters = [`writer: ${writerType(context)}`, `message: ${replyType(context, message.fullName)}`];
  return [
    `/** Writes ${plan.name} from its last field to its first and returns its size. */`,
    ...declareFunction(`export function ${writeName(plan.name)}`, parameters, "number", [
      constant("before", size),
      run(call(unknownFunction(context, "writeUnknownFields"), "writer", "message")),
      ...fields.flatMap((view) => whenPresent(context, view, (value) => write(context, view, value))),
      returns(binary(size, "-", "before")),
    ]),
  ];
}

/** The local name of the runtime's BinaryWriter. */
export function writerType(context: EmitContext): string {
  return useRuntimeType(context, "binary-writer", "BinaryWriter");
}

function whenPresent(context: EmitContext, view: FieldView, write: (value: Expression) => Lines[]): Lines[] {
  const { field } = view;
  const { value, isSet } = readField(context, view, "message");
  const test = every(isSet, ...zeroTest(context, field, value));
  if (field.presence !== "required") return when(test, write(value));
  const absent = call(writerFunction(context, "missingField"), literal(field.name));
  return when(test, write(value), throws(absent));
}

/** Without presence a zero is not written. */
function zeroTest(context: EmitContext, field: Field, value: Expression): Expression[] {
  const { shape } = field;
  if (field.presence !== "implicit" || field.oneof !== undefined) return [];
  if (shape.kind === "list" || shape.kind === "map" || shape.kind === "message") return [];
  if (shape.kind === "scalar" && isLong(shape.scalar) && takesLooseReplies(context))
    return [not(call(writerFunction(context, "isZero"), value))];
  return [nonZeroTest(context, shape, value)];
}

function writeField(context: EmitContext, view: FieldView, value: Expression): Lines[] {
  const { field, element } = view;
  switch (field.shape.kind) {
    case "list":
      return [run(call(listWriter(context, field.shape), ...listArguments(context, view, field.shape, value)))];
    case "map":
      return writeMap(context, view, field.shape.key, value);
    default:
      return writeElement(context, field.number, element, value);
  }
}

type ListShape = Field["shape"] & { readonly kind: "list" };

function listWriter(context: EmitContext, { item, packed }: ListShape): string {
  const messages = item.kind === "message" && (item.delimited ? "writeGroups" : "writeMessages");
  const name = messages || (packed && isPackable(item) ? "writePacked" : "writeRepeated");
  return repeatedFunction(context, name);
}

/** The local name of a function of the runtime's binary-repeated. */
function repeatedFunction(context: EmitContext, name: RuntimeExport<"binary-repeated">): string {
  return useRuntime(context, "binary-repeated", name);
}

function listArguments(
  context: EmitContext,
  { field, element }: FieldView,
  { item, packed }: ListShape,
  value: Expression,
): Expression[] {
  const wireType = packed && isPackable(item) ? 2 : wireTypeOf(item);
  return ["writer", String(tagOf(field.number, wireType)), value, elementWriter(context, element)];
}

/** Statements that write one value and the tag in front of it. */
function writeElement(context: EmitContext, number: number, shape: HeldShape, value: Expression): Statement[] {
  const write = call(elementWriter(context, shape), "writer", value);
  const tag = writeTag(context, tagOf(number, wireTypeOf(shape)));
  if (shape.kind !== "message") return [run(write), tag];
  if (shape.delimited) return [writeTag(context, tagOf(number, 4)), run(write), tag];
  return [run(call(writerFunction(context, "writeLength"), "writer", write)), tag];
}

function writeTag(context: EmitContext, tag: number): Statement {
  return run(call(writerFunction(context, "writeTag"), "writer", `${tag}`));
}

/** The local name of the function that writes one value: `(writer, value)`. */
function elementWriter(context: EmitContext, shape: HeldShape): string {
  switch (shape.kind) {
    case "scalar":
      return scalarWriter(context, shape.scalar);
    case "enum": {
      const { module, plan } = context.index.enum(shape.fullName, context.style);
      return binaryFunction(context, module, writeName(plan.name));
    }
    case "message":
      return messageWriter(context, shape);
    default:
      return shape satisfies never;
  }
}

/** The local name of the function that writes a message: the declaring module's, or the runtime's for native JSON values. */
export function messageWriter(context: EmitContext, shape: HeldShape & { kind: "message" }): string {
  const native = nativeElement(shape, context.style);
  const runtime = native === undefined ? undefined : nativeBinary(native);
  if (runtime !== undefined) return useRuntime(context, ...runtime.write);
  const { module, plan } = context.index.message(shape.fullName, context.style);
  return binaryFunction(context, module, (native === undefined ? writeName : writeBareName)(plan.name));
}

/** Map entries are messages with the fields 1 and 2, both of them always written. */
function writeMap(context: EmitContext, view: FieldView, key: ScalarType, map: Expression): Lines[] {
  const { field, element, keyedBy } = view;
  const size = call(writerFunction(context, "writtenSize"), "writer");
  const write = [
    constant("entry", size),
    ...writeEntryValue(context, element),
    run(call(keyWriter(context, key), "writer", keyValue(key))),
    writeTag(context, tagOf(1, wireTypeOf({ kind: "scalar", scalar: key, utf8: true }))),
    run(call(writerFunction(context, "writeLength"), "writer", binary(size, "-", "entry"))),
    writeTag(context, tagOf(field.number, 2)),
  ];
  if (keyedBy !== undefined)
    return forOf("[key, value]", call(useRuntime(context, "keyed-map", "keyedEntries"), map), write);
  const value = constant("value", cast(elementAt(map, "key"), elementType(context, element)));
  return forOf("key", call(repeatedFunction(context, "mapKeys"), map), [value, ...write]);
}

/** Replies of existing handlers may have a null in a map: an entry without a value. */
function writeEntryValue(context: EmitContext, shape: HeldShape): Lines[] {
  const write = writeElement(context, 2, shape, "value");
  return takesLooseReplies(context) ? when(binary("value", "!=", "null"), write) : write;
}

/** Keys are property names, and the writers of numbers take text. */
function keyValue(key: ScalarType): Expression {
  return key === "bool" ? binary("key", "===", literal("true")) : "key";
}

/** An extension in the message set encoding: a group of the type id and the message. */
function writeItem(context: EmitContext, { field, element }: FieldView, value: Expression): Lines[] {
  if (element.kind !== "message") return [];
  const write = call(messageWriter(context, element), "writer", value);
  return [
    run(call(useRuntime(context, "message-set", "writeItemEnd"), "writer")),
    run(call(useRuntime(context, "message-set", "writeItem"), "writer", `${field.number}`, write)),
  ];
}
