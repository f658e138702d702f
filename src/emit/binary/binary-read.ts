/** Emits how a message is read off the wire: one `switch` over tags, known at generation as plain numbers. */
import type { ElementShape, Field, Message } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import { caseOf, fieldLoop, functionHead, readerParameters, unknownFunction } from "./binary-frame.js";
import { readEntryName, readName } from "./binary-names.js";
import { emitEntryReader } from "./binary-read-entry.js";
import { enumTest, isClosedEnum, messageReader, readElement } from "./binary-read-value.js";
import { isPackable, readerFunction, tagOf, wireTypeOf } from "./binary-scalar.js";
import { emitClearings, type ReaderScope, storeValue } from "./binary-store.js";
import { type Lines, propertyAccess, stringLiteral } from "../print/code-file.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { orderProperties } from "../objects/field-order.js";
import { heldMessage, pushItem, readField, unionPlace } from "../objects/field-access.js";
import { type FreshMessage, freshMessage, freshSlots } from "../objects/initial-value.js";
import { type FieldView, viewMessage } from "../objects/message-view.js";
import { messageType } from "../objects/type-text.js";
import { useRuntime } from "../objects/runtime.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";
import { listsUnknownFields } from "../objects/value-form.js";

/** `export function readShelf(reader, end, into?)` and the functions that its map fields need. */
export function emitMessageReader(context: EmitContext, plan: MessagePlan): Lines[] {
  const scope: ReaderScope = { context, plan, message: plan.message };
  const fields = binaryFields(context, plan.message);
  const view = viewMessage(context, plan.message);
  const cases = fields.flatMap((field) => fieldCases(scope, field));
  const required = fields
    .filter(({ field }) => field.presence === "required")
    .map(({ field }) => stringLiteral(field.name));
  const unknown = unknownFunction(context, "readUnknownField");
  const slots = freshSlots(view);
  const type = messageType(context, plan.message.fullName);
  return [
    `/** Reads fields of ${plan.name} up to \`end\`; \`into\` is what an earlier occurrence gave. */`,
    ...functionHead(readName(plan.name), readerParameters(context, type), type),
    [
      freshOr(type, freshMessage(context, view, type)),
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
      ...orderProperties(context, view, "message"),
      "return message;",
    ],
    "}",
    ...fields
      .filter(({ field }) => field.shape.kind === "map")
      .flatMap((field) => ["", ...emitEntryReader(scope, field)]),
    ...emitClearings(scope, type),
  ];
}

/** The loop, and where an error came from: the field of the last tag. */
function traced(
  { context }: ReaderScope,
  fields: readonly FieldView[],
  loop: (declaration: "const " | "") => Lines[],
): Lines[] {
  if (fields.length === 0) return loop("const ");
  const steps = fields.map((view) => {
    const { field } = view;
    const name = stringLiteral(field.extendee === undefined ? field.name : `[${field.fullName}]`);
    if (field.shape.kind !== "list") return `${field.number}: ${name}`;
    return `${field.number}: ${useRuntime(context, "binary-path", "listItem")}(${name}, ${readField(context, view, "message").value})`;
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

function freshOr(type: string, { text, isCast }: FreshMessage): string {
  return `const message: ${type} = into ?? ${isCast ? `(${text})` : text};`;
}

/** The fields that the codec knows: those of the message and the extensions whose type has a codec. By number. */
export function binaryFields(context: EmitContext, message: Message): readonly FieldView[] {
  return viewMessage(context, message)
    .fields.filter(({ field, element }) => field.extendee === undefined || hasCodec(context, element))
    .sort((a, b) => a.field.number - b.field.number);
}

function hasCodec(context: EmitContext, shape: ElementShape): boolean {
  if (shape.kind !== "message") return true;
  const { plan } = context.index.message(shape.fullName, context.style);
  return plan.decodeBinary || plan.encodeBinary;
}

function fieldCases(scope: ReaderScope, view: FieldView): Lines[] {
  const { field, element } = view;
  const { shape } = field;
  switch (shape.kind) {
    case "list":
      return listCases(scope, view);
    case "map":
      return caseOf(tagOf(field.number, 2), [`${readEntryName(scope.plan, field.name)}(reader, message);`]);
    case "message":
      return messageCase(scope, view);
    default: {
      const store = storeKnown(scope, view, (value) => storeValue(scope, view, value));
      return caseOf(tagOf(field.number, wireTypeOf(element)), [...store, ...seen(field)], isClosedEnum(element));
    }
  }
}

function seen(field: Field): string[] {
  return field.presence === "required" ? [`missing.delete(${stringLiteral(field.name)});`] : [];
}

function listCases(scope: ReaderScope, view: FieldView): Lines[] {
  const { context } = scope;
  const { field, element: item } = view;
  const store = storeKnown(scope, view, (value) => [pushItem(context, view, "message", value)]);
  const single = caseOf(tagOf(field.number, wireTypeOf(item)), store, isClosedEnum(item));
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
function storeKnown(
  { context }: ReaderScope,
  { field, element }: FieldView,
  store: (value: string) => Lines[],
): Lines[] {
  const tag = element.kind === "message" ? "tag" : "";
  if (!isClosedEnum(element)) return store(readElement(context, element, tag));
  const keep = unknownFunction(context, "keepUnknownEnum");
  return [
    `const value = ${readElement(context, element, tag)};`,
    `if (${enumTest(context, element.fullName)}) {`,
    store("value"),
    `} else ${keep}(message, ${tagOf(field.number, 0)}, value);`,
  ];
}

/** A message that occurs twice is merged, in a oneof as well. */
function messageCase(scope: ReaderScope, view: FieldView): Lines[] {
  const { context } = scope;
  const { field, element, place, property } = view;
  const tag = tagOf(field.number, wireTypeOf(element));
  if (place.kind !== "union") {
    const held = heldMessage(context, view, "message");
    return caseOf(tag, [...storeValue(scope, view, readElement(context, element, "tag", held)), ...seen(field)]);
  }
  const choice = unionPlace(place.oneof, "message");
  const current = `const current = ${choice}?.case === ${stringLiteral(property)} ? ${choice}.value : undefined;`;
  return caseOf(tag, [current, ...storeValue(scope, view, readElement(context, element, "tag", "current"))], true);
}

/** The group that carries one extension in the message set encoding. */
function messageSetCase(scope: ReaderScope, fields: readonly FieldView[]): Lines[] {
  const { context, message } = scope;
  // To protobuf-es an extension in this encoding is an unknown field.
  if (!message.messageSetWireFormat || listsUnknownFields(context)) return [];
  const runtime = (name: RuntimeExport<"message-set">): string => useRuntime(context, "message-set", name);
  const known = fields.flatMap((view): Lines[] => {
    const { field, element } = view;
    if (element.kind !== "message") return [];
    const value = `${messageReader(context, element)}(reader, item.end, ${extensionOr(view)})`;
    return [`case ${field.number}:`, [...storeValue(scope, view, value), "break;"]];
  });
  const keep = `${runtime("keepItem")}(reader, item, message);`;
  return caseOf(
    tagOf(1, 3),
    [
      `const item = ${runtime("openItem")}(reader, tag);`,
      ...(known.length === 0 ? [keep] : ["switch (item.number) {", [...known, "default:", [keep]], "}"]),
      `${runtime("closeItem")}(reader, item);`,
    ],
    true,
  );
}

function extensionOr({ property }: FieldView): string {
  return `message${propertyAccess(property)} ?? undefined`;
}
