/** Emits how a message is read off the wire: one `switch` over tags, known at generation as plain numbers. */
import type { ElementShape, Field, Message, Oneof } from "../model/api-model.js";
import { oneofPropertyName } from "../plan/naming.js";
import type { MessagePlan } from "../plan/plan.js";
import { binaryFunction, readEntryName, readName, testName } from "./binary-names.js";
import { isPackable, longReader, readerFunction, scalarReader, tagOf, wireTypeOf } from "./binary-scalar.js";
import { type Lines, lineWidth, propertyAccess, stringLiteral, wrapList } from "./code-file.js";
import { type Call, callText, layOutCall } from "./layout.js";
import {
  type EmitContext,
  elementOf,
  elementType,
  fieldProperty,
  initialMembers,
  isLong,
  isProtoLoaderStyle,
  mapObject,
  messageFields,
  messageType,
  nativeType,
  oneofOf,
  pushItem,
  shadowCast,
  unionOf,
  virtualOneof,
  zeroValue,
} from "./message-shape.js";
import { binaryDecoderName, runtimeModule } from "./modules.js";

/** The column of a statement inside a case: function, loop, switch, case. */
const statementIndent = 8;

/** A message whose reader is being emitted. */
interface ReaderScope {
  readonly context: EmitContext;
  readonly plan: MessagePlan;
  readonly message: Message;
}

/** `export function readShelf(reader, end, into?)` and the functions that its map fields need. */
export function emitMessageReader(context: EmitContext, plan: MessagePlan): Lines[] {
  const scope: ReaderScope = { context, plan, message: plan.message };
  const fields = binaryFields(context, plan.message);
  const cases = fields.flatMap((field) => fieldCases(scope, field));
  const required = fields.filter((field) => field.presence === "required").map((field) => stringLiteral(field.name));
  const unknown = unknownFunction(context, "readUnknownField");
  const type = messageType(context, plan.message.fullName);
  return [
    `/** Reads fields of ${plan.name} up to \`end\`; \`into\` is what an earlier occurrence gave. */`,
    ...functionHead(readName(plan.name), readerParameters(context, type), type),
    [
      ...freshMessage(type, initialMembers(context, plan.message), shadowCast(context, plan.message, type)),
      ...(required.length > 0 ? wrapList("const missing = new Set([", required, "]);", 2) : []),
      ...fieldLoop(
        context,
        [...messageSetCase(scope, fields), ...cases],
        [`end = ${unknown}(reader, tag, message, end);`],
      ),
      ...(required.length > 0 ? [`if (into === undefined) ${readerFunction(context, "requireFields")}(missing);`] : []),
      `${readerFunction(context, "closeMessage")}(reader, end);`,
      "return message;",
    ],
    "}",
    ...fields.filter((field) => field.shape.kind === "map").flatMap((field) => ["", ...emitEntryReader(scope, field)]),
  ];
}

function freshMessage(type: string, members: readonly string[], cast: string): string[] {
  const open = cast === "" ? "{" : "({";
  const close = cast === "" ? "}" : `}${cast})`;
  if (members.length === 0) return [`const message: ${type} = into ?? ${open}${close};`];
  return wrapList(`const message: ${type} = into ?? ${open} `, members, ` ${close};`, 2);
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

/** `export function name(parameters): type {`. */
export function functionHead(name: string, parameters: readonly string[], type: string): string[] {
  return wrapList(`export function ${name}(`, parameters, `): ${type} {`);
}

/** The parameters of every message reader. */
export function readerParameters(context: EmitContext, type: string): string[] {
  return [`reader: ${readerType(context)}`, "end: number", `into?: ${type}`];
}

/** The local name of the runtime's BinaryReader. */
export function readerType(context: EmitContext): string {
  return context.file.useType(runtimeModule(context.plan.layout, "binary-reader"), "BinaryReader");
}

/** The local name of a function of the runtime's unknown-fields. */
export function unknownFunction(context: EmitContext, name: string): string {
  return context.file.use(runtimeModule(context.plan.layout, "unknown-fields"), name);
}

/** `while (reader.position < end)` over the fields; `others` is what becomes of a tag that no case takes. */
export function fieldLoop(context: EmitContext, cases: readonly Lines[], others: readonly string[]): Lines[] {
  const tag = `const tag = ${readerFunction(context, "readTag")}(reader);`;
  if (cases.length === 0) return ["while (reader.position < end) {", [tag, ...others], "}"];
  return ["while (reader.position < end) {", [tag, "switch (tag) {", [...cases, "default:", [...others]], "}"], "}"];
}

function fieldCases(scope: ReaderScope, field: Field): Lines[] {
  const { shape } = field;
  switch (shape.kind) {
    case "list":
      return listCases(scope, field, shape.item);
    case "map":
      return caseOf(tagOf(field.number, 2), [`${readEntryName(scope.plan, field.name)}(reader, message);`]);
    case "message":
      return messageCase(scope, field, shape);
    default:
      return caseOf(tagOf(field.number, wireTypeOf(shape)), [
        ...storeKnown(scope, field, shape, (value) => storeValue(scope, field, value)),
        ...seen(field),
      ]);
  }
}

function caseOf(tag: number, lines: readonly Lines[]): Lines[] {
  const declares = lines.some((line) => typeof line === "string" && line.startsWith("const "));
  if (!declares) return [`case ${tag}:`, [...lines, "break;"]];
  return [`case ${tag}: {`, [...lines, "break;"], "}"];
}

function seen(field: Field): string[] {
  return field.presence === "required" ? [`missing.delete(${stringLiteral(field.name)});`] : [];
}

function listCases(scope: ReaderScope, field: Field, item: ElementShape): Lines[] {
  const { context } = scope;
  const store = storeKnown(scope, field, item, (value) => pushValue(scope, field, value));
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
function storeKnown(
  scope: ReaderScope,
  field: Field,
  shape: ElementShape,
  store: (value: ReadExpression) => Lines[],
): Lines[] {
  const { context } = scope;
  const tag = shape.kind === "message" ? "tag" : "";
  if (shape.kind !== "enum" || !shape.closed) return store(readElement(context, shape, tag));
  const keep = unknownFunction(context, "keepUnknownEnum");
  return [
    `const value = ${textOf(readElement(context, shape, tag))};`,
    `if (${enumTest(context, shape.fullName)}) {`,
    store("value"),
    `} else ${keep}(message, ${tagOf(field.number, 0)}, value);`,
  ];
}

function enumTest(context: EmitContext, fullName: string): string {
  const { module, plan } = context.index.enum(fullName, context.style);
  return `${binaryFunction(context, module, testName(plan.name))}(value)`;
}

function pushValue({ context }: ReaderScope, field: Field, value: ReadExpression): string[] {
  const text = textOf(value);
  const line = pushItem(context, field, "message", text);
  if (statementIndent + line.length <= lineWidth) return [line];
  const head = line.slice(0, line.length - text.length - ");".length);
  return [head, ...layOutValue("", value, ",", statementIndent + 2).map((part) => `  ${part}`), ");"];
}

function storeValue(scope: ReaderScope, field: Field, value: ReadExpression): Lines[] {
  const { context, message } = scope;
  const union = unionOf(message, field, context.style);
  const property = fieldProperty(field, context.style);
  if (union !== undefined) return storeChoice(`message${oneofAccess(union, context)}`, stringLiteral(property), value);
  const virtual = virtualOneof(message, field, context.style);
  return [
    ...clearOthers(scope, field),
    ...layOutValue(`message${propertyAccess(property)} = `, value, ";", statementIndent),
    ...(virtual === undefined ? [] : [`message${propertyAccess(virtual)} = ${stringLiteral(property)};`]),
  ];
}

function storeChoice(target: string, name: string, value: ReadExpression): string[] {
  const line = `${target} = { case: ${name}, value: ${textOf(value)} };`;
  if (statementIndent + line.length <= lineWidth) return [line];
  const members = [`case: ${name},`, ...layOutValue("value: ", value, ",", statementIndent + 2)];
  return [`${target} = {`, ...members.map((member) => `  ${member}`), "};"];
}

function oneofAccess(oneof: Oneof, context: EmitContext): string {
  return propertyAccess(oneofPropertyName(oneof, context.style));
}

/** An expression that reads a value: a call, which can be laid out over several lines, or text that never needs to be. */
type ReadExpression = Call | string;

function textOf(value: ReadExpression): string {
  return typeof value === "string" ? value : callText(value);
}

function layOutValue(head: string, value: ReadExpression, end: string, indent: number): string[] {
  return typeof value === "string" ? [`${head}${value}${end}`] : layOutCall(head, value, end, indent);
}

/** In styles with a property per member the last one on the wire wins by taking the others away. */
function clearOthers({ context, message }: ReaderScope, field: Field): string[] {
  const oneof = oneofOf(message, field);
  if (oneof === undefined || oneof.fields.length < 2) return [];
  const others = message.fields
    .filter((other) => other.oneof === oneof.name && other !== field)
    .map((other) => stringLiteral(fieldProperty(other, context.style)));
  return wrapList(`${readerFunction(context, "clearMembers")}(message, [`, others, "]);", statementIndent);
}

/** A message that occurs twice is merged, in a oneof as well. */
function messageCase(scope: ReaderScope, field: Field, shape: ElementShape): Lines[] {
  const { context, message } = scope;
  const tag = tagOf(field.number, wireTypeOf(shape));
  const union = unionOf(message, field, context.style);
  const property = fieldProperty(field, context.style);
  if (union === undefined) {
    const current = `message${propertyAccess(property)}${isProtoLoaderStyle(context.style) ? " ?? undefined" : ""}`;
    return caseOf(tag, [...storeValue(scope, field, readElement(context, shape, "tag", current)), ...seen(field)]);
  }
  const choice = `message${oneofAccess(union, context)}`;
  const current = `${choice}?.case === ${stringLiteral(property)} ? ${choice}.value : undefined`;
  return caseOf(tag, [
    ...breakAfterEquals(`const current =`, `${current};`),
    ...storeValue(scope, field, readElement(context, shape, "tag", "current")),
  ]);
}

function breakAfterEquals(left: string, right: string): Lines[] {
  const fits = statementIndent + left.length + 1 + right.length <= lineWidth;
  return fits ? [`${left} ${right}`] : [left, [right]];
}

/** An expression that reads one value; `tag` and `current` (what is there already) matter for messages only. */
function readElement(context: EmitContext, shape: ElementShape, tag: string, current?: string): ReadExpression {
  switch (shape.kind) {
    case "scalar":
      return scalarReader(context, shape.scalar, shape.utf8);
    case "enum":
      return enumReader(context, shape);
    case "message": {
      const open = shape.delimited
        ? `${readerFunction(context, "openGroup")}(reader, ${tag})`
        : `${readerFunction(context, "openMessage")}(reader)`;
      const args = ["reader", open, ...(current === undefined ? [] : [current])];
      return { callee: messageReader(context, shape), args };
    }
    default:
      return shape satisfies never;
  }
}

function enumReader(context: EmitContext, shape: ElementShape & { kind: "enum" }): ReadExpression {
  const { module, plan } = context.index.enum(shape.fullName, context.style);
  if (context.style.enums === "String")
    return { callee: binaryFunction(context, module, readName(plan.name)), args: ["reader"] };
  const number = `${readerFunction(context, "readInt32")}(reader)`;
  return shape.closed ? number : `${number} as ${elementType(context, shape)}`;
}

/** The local name of the function that reads a message: the declaring module's, or the runtime's for native JSON values. */
export function messageReader(context: EmitContext, shape: ElementShape & { kind: "message" }): string {
  const native = nativeType(context, shape);
  if (native === "Struct" || native === "Value" || native === "ListValue")
    return context.file.use(runtimeModule(context.plan.layout, "struct-binary"), `read${native}`);
  const { module, plan } = context.index.message(shape.fullName, context.style);
  return binaryFunction(context, module, readName(plan.name));
}

/** Map entries are messages with the fields 1 and 2, of which either may be absent. */
function emitEntryReader(scope: ReaderScope, field: Field): Lines[] {
  const { context, plan, message } = scope;
  const { shape } = field;
  if (shape.kind !== "map") return [];
  const { value } = shape;
  const setEntry = context.file.use(runtimeModule(context.plan.layout, "set-entry"), "setEntry");
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
      `let key = ${shape.key === "string" ? '""' : stringLiteral(shape.key === "bool" ? "false" : "0")};`,
      ...entryValue(context, value),
      ...fieldLoop(
        context,
        [
          ...caseOf(tagOf(1, wireTypeOf({ kind: "scalar", scalar: shape.key, utf8: true })), [
            `key = ${keyReader(context, shape.key)};`,
          ]),
          ...caseOf(
            tagOf(2, wireTypeOf(value)),
            layOutValue("value = ", readElement(context, value, "tag", "value"), ";", statementIndent),
          ),
        ],
        [`end = ${skip}(reader, tag, end);`],
      ),
      `${readerFunction(context, "closeMessage")}(reader, end);`,
      ...storeEntry(scope, field, value, { callee: setEntry, args: [mapObject(context, field, "message"), "key"] }),
    ],
    "}",
  ];
}

function isClosedEnum(shape: ElementShape): shape is ElementShape & { kind: "enum" } {
  return shape.kind === "enum" && shape.closed;
}

function entryValue(context: EmitContext, shape: ElementShape): string[] {
  const type = elementType(context, shape);
  if (shape.kind === "message" && !hasPlainZero(context, shape)) return [`let value: ${type} | undefined;`];
  const closed = isClosedEnum(shape) ? " | number" : "";
  return [`let value: ${type}${closed} = ${zeroValue(context, shape)};`];
}

function hasPlainZero(context: EmitContext, shape: ElementShape): boolean {
  return nativeType(context, shape) !== undefined;
}

/** Keys are property names: text, whatever their type. */
function keyReader(context: EmitContext, key: (Field["shape"] & { kind: "map" })["key"]): string {
  if (key === "string") return scalarReader(context, key, true);
  return isLong(key) ? longReader(context, key, "String") : `String(${scalarReader(context, key, true)})`;
}

function storeEntry({ context }: ReaderScope, field: Field, value: ElementShape, { callee, args }: Call): Lines[] {
  const set = (entry: string): string[] => layOutCall("", { callee, args: [...args, entry] }, ";", 2);
  if (isClosedEnum(value)) {
    const keep = `${unknownFunction(context, "keepUnknownRange")}(reader, message, ${tagOf(field.number, 2)}, start);`;
    return [`if (${enumTest(context, value.fullName)}) {`, set("value"), `} else ${keep}`];
  }
  if (value.kind !== "message" || hasPlainZero(context, value)) return set("value");
  const { module, plan } = context.index.message(value.fullName, context.style);
  const decode = binaryFunction(context, module, binaryDecoderName(plan));
  return set(`value ?? ${decode}(new Uint8Array(0))`);
}

/** The group that carries one extension in the message set encoding. */
function messageSetCase(scope: ReaderScope, fields: readonly Field[]): Lines[] {
  const { context, message } = scope;
  if (!message.messageSetWireFormat) return [];
  const runtime = runtimeModule(context.plan.layout, "message-set");
  const known = fields.flatMap((field): Lines[] => {
    const { shape } = field;
    if (shape.kind !== "message") return [];
    const current = `message${propertyAccess(fieldProperty(field, context.style))}`;
    const value = { callee: messageReader(context, shape), args: ["reader", "item.end", `${current} ?? undefined`] };
    return [`case ${field.number}:`, [...storeValue(scope, field, value), "break;"]];
  });
  return caseOf(tagOf(1, 3), [
    `const item = ${context.file.use(runtime, "openItem")}(reader, tag);`,
    ...(known.length === 0
      ? [`${context.file.use(runtime, "keepItem")}(reader, item, message);`]
      : [
          "switch (item.number) {",
          [...known, "default:", [`${context.file.use(runtime, "keepItem")}(reader, item, message);`]],
          "}",
        ]),
    `${context.file.use(runtime, "closeItem")}(reader, item);`,
  ]);
}
