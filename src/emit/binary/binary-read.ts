/** Emits how a message is read off the wire: one `switch` over tags, known at generation as plain numbers. */
import type { ElementShape, Field, Message } from "../../model/api-model.js";
import type { MessagePlan } from "../../plan/plan.js";
import { caseOf, fieldLoop, functionHead, readerParameters, unknownFunction } from "./binary-frame.js";
import { readEntryName, readName } from "./binary-names.js";
import { emitEntryReader } from "./binary-read-entry.js";
import { enumTest, messageReader, readElement } from "./binary-read-value.js";
import { isPackable, readerFunction, tagOf, wireTypeOf } from "./binary-scalar.js";
import { emitClearings, oneofAccess, type ReaderScope, storeValue } from "./binary-store.js";
import { type Lines, propertyAccess, stringLiteral } from "../print/code-file.js";
import { type EmitContext, messageFields } from "../objects/emit-scope.js";
import { orderProperties } from "../objects/field-order.js";
import { fieldProperty, isInherited, ownValue, pushItem, readField, unionOf } from "../objects/field-access.js";
import { freshMessage, freshSlots } from "../objects/initial-value.js";
import { elementOf, type HeldShape, isProtobufEsStyle, isProtoLoaderStyle } from "../objects/native-type.js";
import { messageType } from "../objects/type-text.js";
import { useRuntime } from "../objects/runtime.js";

/** `export function readShelf(reader, end, into?)` and the functions that its map fields need. */
export function emitMessageReader(context: EmitContext, plan: MessagePlan): Lines[] {
  const scope: ReaderScope = { context, plan, message: plan.message };
  const fields = binaryFields(context, plan.message);
  const cases = fields.flatMap((field) => fieldCases(scope, field));
  const required = fields.filter((field) => field.presence === "required").map((field) => stringLiteral(field.name));
  const unknown = unknownFunction(context, "readUnknownField");
  const slots = freshSlots(context, plan.message);
  const type = messageType(context, plan.message.fullName);
  return [
    `/** Reads fields of ${plan.name} up to \`end\`; \`into\` is what an earlier occurrence gave. */`,
    ...functionHead(readName(plan.name), readerParameters(context, type), type),
    [
      freshOr(type, freshMessage(context, plan.message, type)),
      ...(required.length > 0 ? [`const missing = new Set([${required.join(", ")}]);`] : []),
      ...traced(scope, fields, (declaration) =>
        fieldLoop(
          context,
          [...messageSetCase(scope, fields), ...cases],
          [`end = ${unknown}(reader, tag, message, end);`],
          declaration,
        ),
      ),
      ...(required.length > 0 ? [`if (into === undefined) ${readerFunction(context, "requireFields")}(missing);`] : []),
      `${readerFunction(context, "closeMessage")}(reader, end${slots === 0 ? "" : `, ${slots}`});`,
      ...orderProperties(context, plan.message, "message"),
      "return message;",
    ],
    "}",
    ...fields.filter((field) => field.shape.kind === "map").flatMap((field) => ["", ...emitEntryReader(scope, field)]),
    ...emitClearings(scope, type),
  ];
}

/** The loop, and where an error came from: the field of the last tag. */
function traced(
  { context, message }: ReaderScope,
  fields: readonly Field[],
  loop: (declaration: "const " | "") => Lines[],
): Lines[] {
  if (fields.length === 0) return loop("const ");
  const steps = fields.map((field) => {
    const name = stringLiteral(field.extendee === undefined ? field.name : `[${field.fullName}]`);
    if (field.shape.kind !== "list") return `${field.number}: ${name}`;
    return `${field.number}: ${useRuntime(context, "binary-path", "listItem")}(${name}, ${readField(context, message, field, "message").value})`;
  });
  return [
    "let tag = 0;",
    "try {",
    loop(""),
    "} catch (error) {",
    [`throw ${useRuntime(context, "binary-path", "inTag")}(error, tag, { ${steps.join(", ")} });`],
    "}",
  ];
}

function freshOr(type: string, fresh: string): string {
  return `const message: ${type} = into ?? ${fresh.includes(" as unknown as ") ? `(${fresh})` : fresh};`;
}

/** The fields that the codec knows: those of the message and the extensions whose type has a codec. */
export function binaryFields(context: EmitContext, message: Message): readonly Field[] {
  return messageFields(context, message, context.style)
    .filter((field) => field.extendee === undefined || hasCodec(context, elementOf(field)))
    .sort((a, b) => a.number - b.number);
}

function hasCodec(context: EmitContext, shape: ElementShape): boolean {
  if (shape.kind !== "message") return true;
  const { plan } = context.index.message(shape.fullName, context.style);
  return plan.decodeBinary || plan.encodeBinary;
}

function fieldCases(scope: ReaderScope, field: Field): Lines[] {
  const { shape } = field;
  switch (shape.kind) {
    case "list":
      return listCases(scope, field, elementOf(field));
    case "map":
      return caseOf(tagOf(field.number, 2), [`${readEntryName(scope.plan, field.name)}(reader, message);`]);
    case "message":
      return messageCase(scope, field, elementOf(field));
    default:
      return caseOf(tagOf(field.number, wireTypeOf(shape)), [
        ...storeKnown(scope, field, shape, (value) => storeValue(scope, field, value)),
        ...seen(field),
      ]);
  }
}

function seen(field: Field): string[] {
  return field.presence === "required" ? [`missing.delete(${stringLiteral(field.name)});`] : [];
}

function listCases(scope: ReaderScope, field: Field, item: HeldShape): Lines[] {
  const { context } = scope;
  const store = storeKnown(scope, field, item, (value) => [pushItem(context, field, "message", value)]);
  const single = caseOf(tagOf(field.number, wireTypeOf(item)), store);
  if (!isPackable(item)) return single;
  const packed: Lines[] = [
    `for (const limit = ${readerFunction(context, "readEnd")}(reader); ${readerFunction(context, "isBefore")}(reader, limit); ) {`,
    store,
    "}",
  ];
  return [...caseOf(tagOf(field.number, 2), packed), ...single];
}

/**
 * Lines that read one value and hand it to `store`; a value that a closed enum does not have goes to the unknown fields.
 * https://protobuf.dev/programming-guides/enum/
 */
function storeKnown(scope: ReaderScope, field: Field, shape: HeldShape, store: (value: string) => Lines[]): Lines[] {
  const { context } = scope;
  const tag = shape.kind === "message" ? "tag" : "";
  if (shape.kind !== "enum" || !shape.closed) return store(readElement(context, shape, tag));
  const keep = unknownFunction(context, "keepUnknownEnum");
  return [
    `const value = ${readElement(context, shape, tag)};`,
    `if (${enumTest(context, shape.fullName)}) {`,
    store("value"),
    `} else ${keep}(message, ${tagOf(field.number, 0)}, value);`,
  ];
}

/** A message that occurs twice is merged, in a oneof as well. */
function messageCase(scope: ReaderScope, field: Field, shape: HeldShape): Lines[] {
  const { context, message } = scope;
  const tag = tagOf(field.number, wireTypeOf(shape));
  const union = unionOf(message, field, context.style);
  const property = fieldProperty(field, context.style);
  if (union === undefined) {
    const held = isInherited(property) ? ownValue(context, property, "message") : `message${propertyAccess(property)}`;
    const current = `${held}${isProtoLoaderStyle(context.style) ? " ?? undefined" : ""}`;
    return caseOf(tag, [...storeValue(scope, field, readElement(context, shape, "tag", current)), ...seen(field)]);
  }
  const choice = `message${oneofAccess(union, context)}`;
  const current = `${choice}?.case === ${stringLiteral(property)} ? ${choice}.value : undefined`;
  return caseOf(tag, [
    `const current = ${current};`,
    ...storeValue(scope, field, readElement(context, shape, "tag", "current")),
  ]);
}

/** The group that carries one extension in the message set encoding. */
function messageSetCase(scope: ReaderScope, fields: readonly Field[]): Lines[] {
  const { context, message } = scope;
  // To protobuf-es an extension in this encoding is an unknown field.
  if (!message.messageSetWireFormat || isProtobufEsStyle(context.style)) return [];
  const known = fields.flatMap((field): Lines[] => {
    const shape = elementOf(field);
    if (shape.kind !== "message") return [];
    const current = `message${propertyAccess(fieldProperty(field, context.style))}`;
    const value = `${messageReader(context, shape)}(reader, item.end, ${current} ?? undefined)`;
    return [`case ${field.number}:`, [...storeValue(scope, field, value), "break;"]];
  });
  return caseOf(tagOf(1, 3), [
    `const item = ${useRuntime(context, "message-set", "openItem")}(reader, tag);`,
    ...(known.length === 0
      ? [`${useRuntime(context, "message-set", "keepItem")}(reader, item, message);`]
      : [
          "switch (item.number) {",
          [...known, "default:", [`${useRuntime(context, "message-set", "keepItem")}(reader, item, message);`]],
          "}",
        ]),
    `${useRuntime(context, "message-set", "closeItem")}(reader, item);`,
  ]);
}
