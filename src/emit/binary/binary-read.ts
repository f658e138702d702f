/** Emits how a message is read off the wire: one `switch` over tags, known at generation as plain numbers. */
import type { ElementShape, Field, Message } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import { fieldCase, fieldLoop, readerParameters, unknownFunction } from "./binary-frame.js";
import { readEntryName, readName } from "./binary-names.js";
import { emitEntryReader } from "./binary-read-entry.js";
import { enumTest, isClosedEnum, messageReader, readElement } from "./binary-read-value.js";
import { isPackable, readerFunction, tagOf, wireTypeOf } from "./binary-scalar.js";
import { emitClearings, type ReaderScope, storeValue } from "./binary-store.js";
import type { Lines, Statement } from "../print/code-file.js";
import {
  binary,
  call,
  callMethod,
  conditional,
  construct,
  type Expression,
  list,
  type Member,
  member,
  object,
  optionalMember,
  orElse,
  literal,
} from "../print/expression.js";
import {
  assign,
  block,
  caseOf,
  constant,
  declareFunction,
  defaultCase,
  guard,
  returns,
  run,
  switchOn,
  throws,
  tryCatch,
  variable,
  when,
} from "../print/statement.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { orderProperties } from "../objects/field-order.js";
import { heldMessage, pushItem, readField, unionPlace } from "../objects/field-access.js";
import { freshMessage, freshSlots } from "../objects/initial-value.js";
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
  const required = fields.filter(({ field }) => field.presence === "required").map(({ field }) => literal(field.name));
  const unknown = unknownFunction(context, "readUnknownField");
  const require = required.length === 0 ? "" : readerFunction(context, "requireFields");
  const slots = freshSlots(view);
  const type = messageType(context, plan.message.fullName);
  return [
    `/** Reads fields of ${plan.name} up to \`end\`; \`into\` is what an earlier occurrence gave. */`,
    ...declareFunction(`export function ${readName(plan.name)}`, readerParameters(context, type), type, [
      constant("message", orElse("into", freshMessage(context, view, type)), type),
      ...(required.length > 0 ? [constant("missing", construct("Set", list(...required)))] : []),
      ...traced(scope, fields, (declares) =>
        fieldLoop(
          context,
          [...messageSetCase(scope, fields), ...cases],
          [assign("end", call(unknown, "reader", "tag", "message", "end"))],
          declares,
        ),
      ),
      ...(required.length > 0 ? [guard(binary("into", "===", "undefined"), run(call(require, "missing")))] : []),
      run(call(readerFunction(context, "closeMessage"), "reader", "end", ...(slots === 0 ? [] : [`${slots}`]))),
      ...orderProperties(context, view, "message"),
      returns("message"),
    ]),
    ...fields
      .filter(({ field }) => field.shape.kind === "map")
      .flatMap((field) => ["", ...emitEntryReader(scope, field)]),
    ...emitClearings(scope, type),
  ];
}

/** The loop, and where an error came from: the field of the last tag. */
function traced({ context }: ReaderScope, fields: readonly FieldView[], loop: (declares: boolean) => Lines[]): Lines[] {
  if (fields.length === 0) return loop(true);
  const steps = fields.map((view): Member => {
    const { field } = view;
    const name = literal(field.extendee === undefined ? field.name : `[${field.fullName}]`);
    if (field.shape.kind !== "list") return [`${field.number}`, name];
    const item = call(useRuntime(context, "binary-path", "listItem"), name, readField(context, view, "message").value);
    return [`${field.number}`, item];
  });
  const error = call(useRuntime(context, "binary-path", "inTag"), "error", "tag", object(...steps));
  return [variable("tag", "0"), ...tryCatch(loop(false), [throws(error)])];
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
      return fieldCase(tagOf(field.number, 2), [run(call(readEntryName(scope.plan, field.name), "reader", "message"))]);
    case "message":
      return messageCase(scope, view);
    default: {
      const store = storeKnown(scope, view, (value) => storeValue(scope, view, value));
      return fieldCase(tagOf(field.number, wireTypeOf(element)), [...store, ...seen(field)], isClosedEnum(element));
    }
  }
}

function seen(field: Field): Statement[] {
  return field.presence === "required" ? [run(callMethod("missing", "delete", literal(field.name)))] : [];
}

function listCases(scope: ReaderScope, view: FieldView): Lines[] {
  const { context } = scope;
  const { field, element: item } = view;
  const store = storeKnown(scope, view, (value) => [pushItem(context, view, "message", value)]);
  const single = fieldCase(tagOf(field.number, wireTypeOf(item)), store, isClosedEnum(item));
  if (!isPackable(item)) return single;
  const [readEnd, isBefore] = [readerFunction(context, "readEnd"), readerFunction(context, "isBefore")];
  const packed = block(`for (const limit = ${readEnd}(reader); ${isBefore}(reader, limit); )`, store);
  return [...fieldCase(tagOf(field.number, 2), packed), ...single];
}

/**
 * Statements that read one value and hand it to `store`; a value that a closed enum does not have goes to the unknown fields.
 * https://protobuf.dev/programming-guides/enum/
 */
function storeKnown(
  { context }: ReaderScope,
  { field, element }: FieldView,
  store: (value: Expression) => Statement[],
): Lines[] {
  const tag = element.kind === "message" ? "tag" : "";
  if (!isClosedEnum(element)) return store(readElement(context, element, tag));
  const keep = unknownFunction(context, "keepUnknownEnum");
  return [
    constant("value", readElement(context, element, tag)),
    ...when(
      enumTest(context, element.fullName),
      store("value"),
      run(call(keep, "message", `${tagOf(field.number, 0)}`, "value")),
    ),
  ];
}

/** A message that occurs twice is merged, in a oneof as well. */
function messageCase(scope: ReaderScope, view: FieldView): Lines[] {
  const { context } = scope;
  const { field, element, place, property } = view;
  const tag = tagOf(field.number, wireTypeOf(element));
  if (place.kind !== "union") {
    const held = heldMessage(context, view, "message");
    return fieldCase(tag, [...storeValue(scope, view, readElement(context, element, "tag", held)), ...seen(field)]);
  }
  const choice = unionPlace(place.oneof, "message");
  const isSame = binary(optionalMember(choice, "case"), "===", literal(property));
  const current = constant("current", conditional(isSame, member(choice, "value"), "undefined"));
  return fieldCase(tag, [current, ...storeValue(scope, view, readElement(context, element, "tag", "current"))], true);
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
    const current = orElse(member("message", view.property), "undefined");
    const value = call(messageReader(context, element), "reader", member("item", "end"), current);
    return caseOf([`${field.number}`], [...storeValue(scope, view, value), "break;"]);
  });
  const keep = run(call(runtime("keepItem"), "reader", "item", "message"));
  return fieldCase(
    tagOf(1, 3),
    [
      constant("item", call(runtime("openItem"), "reader", "tag")),
      ...(known.length === 0 ? [keep] : switchOn(member("item", "number"), [...known, ...defaultCase([keep])])),
      run(call(runtime("closeItem"), "reader", "item")),
    ],
    true,
  );
}
