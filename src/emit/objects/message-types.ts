/** Interfaces and enums of a .proto file in a message style, with its comments. */
import type { Enum, EnumValue, Field, Message, Oneof } from "../../model/api-model.js";
import type { OutputFile } from "../../output/output-tree.js";
import { oneofPropertyName, propertyName } from "../../plan/naming.js";
import type { EnumPlan, MessagePlan, ModulePlan } from "../../plan/plan.js";
import { docComment, type Lines, lineWidth, propertyKey, stringLiteral } from "../print/code-file.js";
import { finishModule, startModule } from "./generated-module.js";
import { isClosedInJson } from "./closed-enum.js";
import { type EmitContext, type EmitScope, messageFields } from "./emit-scope.js";
import { fieldProperty, oneofOf, unionOf } from "./field-access.js";
import { defaultsName, defaultValue, hasPrototypeDefault, initialValue } from "./initial-value.js";
import { isProtobufEsStyle, messageAlone, nativeType } from "./native-type.js";
import { indexMessage } from "./message-index.js";
import { fieldType, nativeTypeText } from "./type-text.js";
import { typesModule } from "./modules.js";
import { useRuntimeType } from "./runtime.js";

/** One types module per planned module that has messages or enums. */
export function emitMessageTypes(scope: EmitScope): OutputFile[] {
  const modules = scope.plan.modules.filter((module) => module.messages.length + module.enums.length > 0);
  return modules.map((module) => emitTypesModule(scope, module));
}

function emitTypesModule(scope: EmitScope, module: ModulePlan): OutputFile {
  const names = [
    ...[...module.messages, ...module.enums].map((planned) => planned.name),
    ...module.messages.map(defaultsName),
  ];
  const context = startModule(scope, module.style, typesModule(scope.plan.layout, module), module.file.path, names);
  for (const planned of module.messages)
    context.file.printAll([...messageDeclaration(context, planned), "", ...prototypeDefaults(context, planned)]);
  for (const planned of module.enums) context.file.printAll([...enumDeclaration(context, planned), ""]);
  return finishModule(context);
}

function messageDeclaration(context: EmitContext, { message, name }: MessagePlan): Lines[] {
  const native = nativeType(context, messageAlone(message.fullName));
  const comment = docComment(message.comment, message.deprecated);
  if (native !== undefined) return [...comment, `export type ${name} = ${nativeTypeText(context, native)};`];
  const members = [...ownMembers(context, message), ...messageMembers(context, message)];
  if (members.length === 0) return [...comment, `export interface ${name} {}`];
  return [...comment, `export interface ${name} {`, members, "}"];
}

/** The properties that every message of protobuf-es has. */
function ownMembers(context: EmitContext, message: Message): string[] {
  if (!isProtobufEsStyle(context.style)) return [];
  const unknown = useRuntimeType(context, "unknown-list", "UnknownField");
  return [`readonly $typeName: ${stringLiteral(message.fullName)};`, `$unknown?: ${unknown}[] | undefined;`];
}

/** `export const Shelf$defaults = { … };` for a message whose defaults are on its prototype, with an empty line behind. */
function prototypeDefaults(context: EmitContext, planned: MessagePlan): Lines[] {
  const fields = planned.message.fields.filter((field) => hasPrototypeDefault(field, context.style));
  if (fields.length === 0) return [];
  const members = fields.map((field) => {
    const value = defaultValue(context, field);
    const pure = value.startsWith("new ") ? "/* @__PURE__ */ " : "";
    return `${propertyKey(fieldProperty(field, context.style))}: ${pure}${value},`;
  });
  const comment = `/** What the fields of ${planned.name} read as that are not set. */`;
  const head = `export const ${defaultsName(planned)} =`;
  const isLong = head.length + 2 > lineWidth;
  return [comment, ...(isLong ? [head, ["{", members, "};"]] : [`${head} {`, members, "};"]), ""];
}

function messageMembers(context: EmitContext, message: Message): Lines[] {
  const unions = new Set<string>();
  return messageFields(context, message, context.style).flatMap((field) => {
    const oneof = oneofOf(message, field);
    if (oneof === undefined) return [...fieldMember(context, field), ...optionalNameMember(context, field)];
    const isFirst = !unions.has(oneof.name);
    unions.add(oneof.name);
    if (unionOf(message, field, context.style) !== undefined)
      return isFirst ? unionMember(context, message, oneof) : [];
    return [...(isFirst ? oneofNameMember(context, message, oneof) : []), ...fieldMember(context, field)];
  });
}

function fieldMember(context: EmitContext, field: Field): string[] {
  const key = propertyKey(fieldProperty(field, context.style));
  const initial = initialValue(context, field);
  const type = fieldType(context, field);
  if (hasPrototypeDefault(field, context.style))
    return [...docComment(field.comment, field.deprecated), ...typedMember(`${key}:`, [type])];
  const types =
    initial === undefined || initial === "undefined"
      ? [type, "undefined"]
      : initial === "null"
        ? [type, "null"]
        : [type];
  const comment = docComment(field.comment, field.deprecated);
  return [...comment, ...typedMember(`${key}${isOptional(field, initial) ? "?" : ""}:`, types)];
}

/** ts-proto's types have a property for a message that is absent, but not one for an `optional` or a member of a oneof. */
function isOptional(field: Field, initial: string | undefined): boolean {
  if (initial !== "undefined") return initial === undefined;
  return field.shape.kind !== "message" || field.oneof !== undefined || field.proto3Optional;
}

/** The property with the member's name that proto-loader's `oneofs: true` adds. */
function oneofNameMember(context: EmitContext, message: Message, oneof: Oneof): string[] {
  if (context.style.oneofs !== "virtual") return [];
  const names = oneofFields(message, oneof).map((field) => stringLiteral(fieldProperty(field, context.style)));
  const key = propertyKey(oneofPropertyName(oneof, context.style));
  return [...docComment(oneof.comment), ...typedMember(`${key}?:`, [...names, "undefined"])];
}

/** The same for the oneof that a proto3 `optional` is inside proto-loader. */
function optionalNameMember(context: EmitContext, field: Field): string[] {
  if (context.style.oneofs !== "virtual" || !field.proto3Optional) return [];
  const property = propertyName(field, context.style);
  return typedMember(`${propertyKey(`_${property}`)}?:`, [stringLiteral(property), "undefined"]);
}

function unionMember(context: EmitContext, message: Message, oneof: Oneof): string[] {
  const types = oneofFields(message, oneof).map((field) => {
    const name = stringLiteral(fieldProperty(field, context.style));
    return `{ readonly case: ${name}; readonly value: ${fieldType(context, field)} }`;
  });
  const key = propertyKey(oneofPropertyName(oneof, context.style));
  const [mark, none] =
    context.style.oneofs === "cases"
      ? ["", "{ readonly case: undefined; readonly value?: undefined }"]
      : ["?", "undefined"];
  return [...unionComment(context, message, oneof), ...typedMember(`${key}${mark}:`, [...types, none])];
}

/** The oneof's comment, then those of its members, which have no declaration of their own to carry them. */
function unionComment(context: EmitContext, message: Message, oneof: Oneof): string[] {
  const members = oneofFields(message, oneof).filter((field) => field.comment !== "" || field.deprecated);
  const items = members.map((field) => listItem(fieldProperty(field, context.style), field));
  return docComment([oneof.comment, items.join("\n")].filter((part) => part !== "").join("\n\n"));
}

/** `- name: its comment on one line`. */
function listItem(name: string, declared: { readonly comment: string; readonly deprecated: boolean }): string {
  const text = declared.comment.split(/\s+/).join(" ").trim();
  return `- \`${name}\`: ${declared.deprecated ? "(deprecated) " : ""}${text}`.trimEnd();
}

function oneofFields(message: Message, oneof: Oneof): readonly Field[] {
  return indexMessage(message).oneofs.get(oneof.name)?.fields ?? [];
}

/** `head A | B;` on one line where it fits, else one type a line, as the formatter does. */
function typedMember(head: string, types: readonly string[]): string[] {
  const line = `${head} ${types.join(" | ")};`;
  if (line.length + 2 <= lineWidth || types[1] === "null") return [line];
  if (types.length === 1 && line.includes("{ [key: string]: ")) return breakIndexSignature(line);
  if (types.length === 1) return [line];
  return [head, ...types.flatMap((type, index) => unionLines(type, index === types.length - 1 ? ";" : ""))];
}

/** `  | type` of a member's union; the object of a oneof's case is opened when it is too long. */
function unionLines(type: string, end: string): string[] {
  const line = `  | ${type}${end}`;
  if (line.length + 2 <= lineWidth || !type.startsWith("{ ")) return [line];
  const members = type.slice(2, -2).split("; ");
  return ["  | {", ...members.map((member) => `      ${member};`), `    }${end}`];
}

function breakIndexSignature(line: string): string[] {
  const [head = "", type = ""] = line.split("{ [key: string]: ");
  return [`${head}{`, `  [key: string]: ${type.replace(/ \};$/, "")};`, "};"];
}

function enumDeclaration(context: EmitContext, { enum: declared, name }: EnumPlan): Lines[] {
  const isClosed = isClosedInJson(context, declared);
  return context.style.enums === "String"
    ? nameUnion(declared, name, isClosed)
    : numberConstants(declared, name, isClosed);
}

function nameUnion(declared: Enum, name: string, isClosed: boolean): Lines[] {
  const types = declared.values.map((value) => stringLiteral(value.name));
  if (!isClosed) types.push("number");
  return [...docComment(enumComment(declared), declared.deprecated), ...typeAlias(name, types)];
}

/** `export type name = A | B;` on one line where it fits, else one type a line, as the formatter does. */
function typeAlias(name: string, types: readonly string[]): string[] {
  const line = `export type ${name} = ${types.join(" | ")};`;
  if (line.length <= lineWidth) return [line];
  const bar = types.length === 1 ? "" : "| ";
  return [
    `export type ${name} =`,
    ...types.map((type, index) => `  ${bar}${type}${index === types.length - 1 ? ";" : ""}`),
  ];
}

function enumComment(declared: Enum): string {
  const values = declared.values.filter((value) => value.comment !== "" || value.deprecated);
  const items = values.map((value) => listItem(value.name, value));
  return [declared.comment, items.join("\n")].filter((part) => part !== "").join("\n\n");
}

function numberConstants(declared: Enum, name: string, isClosed: boolean): Lines[] {
  const members = declared.values.flatMap((value: EnumValue) => [
    ...docComment(value.comment, value.deprecated),
    `${propertyKey(value.name)}: ${value.number},`,
  ]);
  const constants = `(typeof ${name})[keyof typeof ${name}]`;
  const types = isClosed ? [constants] : [constants, "(number & {})"];
  return [
    ...docComment(declared.comment, declared.deprecated),
    `export const ${name} = {`,
    members,
    "} as const;",
    ...typeAlias(name, types),
  ];
}
