/** Interfaces and enums of a .proto file in a message style, with its comments. */
import type { Enum, EnumValue, Message } from "../../model/api-model.js";
import type { EnumPlan, MessagePlan, ModulePlan } from "../names/typescript-plan.js";
import {
  docComment,
  type Lines,
  propertyKey,
  type Statement,
  stringLiteral,
  type EmittedFile,
} from "../print/code-file.js";
import type { Document } from "../print/document.js";
import { isClosedInJson } from "./closed-enum.js";
import type { Expression } from "../print/expression.js";
import { assignObject, memberLine } from "../print/statement.js";
import { objectType, unionType } from "../print/type.js";
import type { EmitContext, EmitScope } from "./emit-scope.js";
import { finishModule, startModule } from "./generated-module.js";
import { defaultsName, defaultValue } from "./initial-value.js";
import { type FieldView, type MessageView, type OneofView, viewMessage } from "./message-view.js";
import { typesModule } from "./modules.js";
import { useRuntimeType } from "./runtime.js";
import { fieldType, nativeTypeText } from "./type-text.js";
import { isProtobufEsStyle, namesEnums } from "./value-form.js";

/** One types module per planned module that has messages or enums. */
export function emitMessageTypes(scope: EmitScope): EmittedFile[] {
  const modules = scope.plan.modules.filter((module) => module.messages.length + module.enums.length > 0);
  return modules.map((module) => emitTypesModule(scope, module));
}

function emitTypesModule(scope: EmitScope, module: ModulePlan): EmittedFile {
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
  const view = viewMessage(context, message);
  const comment = declaredComment("message", message, message.comment);
  if (view.native !== undefined) return [...comment, `export type ${name} = ${nativeTypeText(context, view.native)};`];
  const members = [...ownMembers(context, message), ...messageMembers(context, view)];
  if (members.length === 0) return [...comment, `export interface ${name} {}`];
  return [...comment, `export interface ${name} {`, members, "}"];
}

/** The comment of a type: that of its declaration, and which one that is. */
function declaredComment(
  word: "message" | "enum",
  { fullName, deprecated }: Pick<Message | Enum, "fullName" | "deprecated">,
  comment: string,
): string[] {
  const origin = `Declared as ${word} ${fullName}.`;
  return docComment(comment === "" ? origin : `${comment.trimEnd()}\n\n${origin}`, deprecated);
}

/** The properties that every message of protobuf-es has. */
function ownMembers(context: EmitContext, message: Message): string[] {
  if (!isProtobufEsStyle(context.style)) return [];
  const unknown = useRuntimeType(context, "unknown-fields-protobuf-es", "UnknownField");
  return [`readonly $typeName: ${stringLiteral(message.fullName)};`, `$unknown?: ${unknown}[] | undefined;`];
}

/** `export const Shelf$defaults = { … };` for a message whose defaults are on its prototype, with an empty line behind. */
function prototypeDefaults(context: EmitContext, planned: MessagePlan): Lines[] {
  const { fields } = viewMessage(context, planned.message);
  const members = fields.flatMap(({ field, property, hasPrototypeDefault }) => {
    if (!hasPrototypeDefault) return [];
    return [memberLine(propertyKey(property), pure(defaultValue(context, field)))];
  });
  if (members.length === 0) return [];
  const comment = `/** What the fields of ${planned.name} read as that are not set. */`;
  return [comment, ...assignObject(`export const ${defaultsName(planned)}`, members, "always"), ""];
}

/** A call of a constructor as a bundler may drop it. */
function pure(value: Expression): Expression {
  return typeof value === "object" && value.kind === "call" && value.isNew ? { ...value, isPure: true } : value;
}

function messageMembers(context: EmitContext, { fields }: MessageView): Lines[] {
  return fields.flatMap((view) => {
    const { oneof } = view;
    if (oneof === undefined) return [...fieldMember(context, view), ...optionalNameMember(view)];
    const isFirst = oneof.members[0] === view;
    if (view.place.kind === "union") return isFirst ? unionMember(context, oneof) : [];
    return [...(isFirst ? oneofNameMember(oneof) : []), ...fieldMember(context, view)];
  });
}

function fieldMember(context: EmitContext, view: FieldView): Lines[] {
  const { field, property, hasPrototypeDefault } = view;
  const comment = docComment(field.comment, field.deprecated);
  const type = fieldType(context, view);
  const mark = !hasPrototypeDefault && isOptional(view) ? "?" : "";
  const key = `${propertyKey(property)}${mark}`;
  // The formatter does not break a type with null.
  if (!hasPrototypeDefault && view.initial === "null") return [...comment, typedMember(key, [[type, " | null"]])];
  return [...comment, typedMember(key, hasPrototypeDefault ? [type] : [type, ...absentTypes[view.initial]])];
}

/** The types of a field that is not set; null is for `fieldMember`. */
const absentTypes = {
  none: ["undefined"],
  undefined: ["undefined"],
  null: [],
  default: [],
  list: [],
  map: [],
  keyedMap: [],
} as const satisfies Record<FieldView["initial"], readonly string[]>;

/** ts-proto's types have a property for a message that is absent, but not one for an `optional` or a member of a oneof. */
function isOptional({ field, initial }: FieldView): boolean {
  if (initial !== "undefined") return initial === "none";
  return field.shape.kind !== "message" || field.oneof !== undefined || field.proto3Optional;
}

/** The property with the member's name that proto-loader's `oneofs: true` adds. */
function oneofNameMember({ oneof, form, property, members }: OneofView): Lines[] {
  if (form !== "named") return [];
  const names = members.map((member) => stringLiteral(member.property));
  return [...docComment(oneof.comment), typedMember(`${propertyKey(property)}?`, [...names, "undefined"])];
}

/** The same for the oneof that a proto3 `optional` is inside proto-loader. */
function optionalNameMember({ property, nameProperty }: FieldView): Lines[] {
  if (nameProperty === undefined) return [];
  return [typedMember(`${propertyKey(nameProperty)}?`, [stringLiteral(property), "undefined"])];
}

function unionMember(context: EmitContext, union: OneofView): Lines[] {
  const types = union.members.map((member) => {
    const value = ["readonly value: ", fieldType(context, member)];
    return objectType(`readonly case: ${stringLiteral(member.property)}`, value);
  });
  const [mark, none] =
    union.form === "cases"
      ? ["", objectType("readonly case: undefined", "readonly value?: undefined")]
      : ["?", "undefined"];
  return [...unionComment(union), typedMember(`${propertyKey(union.property)}${mark}`, [...types, none])];
}

/** The oneof's comment, then those of its members, which have no declaration of their own to carry them. */
function unionComment({ oneof, members }: OneofView): string[] {
  const items = members
    .filter(({ field }) => field.comment !== "" || field.deprecated)
    .map(({ field, property }) => listItem(property, field));
  return docComment([oneof.comment, items.join("\n")].filter((part) => part !== "").join("\n\n"));
}

/** `- name: its comment on one line`. */
function listItem(name: string, declared: { readonly comment: string; readonly deprecated: boolean }): string {
  const text = declared.comment.split(/\s+/).join(" ").trim();
  return `- \`${name}\`: ${declared.deprecated ? "(deprecated) " : ""}${text}`.trimEnd();
}

/** `key: A | B;` */
function typedMember(key: string, types: readonly Document[]): Statement {
  return { document: [`${key}:`, types.length === 1 ? [" ", types] : unionType(types), ";"] };
}

function enumDeclaration(context: EmitContext, { enum: declared, name }: EnumPlan): Lines[] {
  const isClosed = isClosedInJson(context, declared);
  return namesEnums(context) ? nameUnion(declared, name, isClosed) : numberConstants(declared, name, isClosed);
}

function nameUnion(declared: Enum, name: string, isClosed: boolean): Lines[] {
  const types = declared.values.map((value) => stringLiteral(value.name));
  if (!isClosed) types.push("number");
  return [...declaredComment("enum", declared, enumComment(declared)), typeAlias(name, types)];
}

/** `export type name = A | B;` */
function typeAlias(name: string, types: readonly string[]): Statement {
  return { document: [`export type ${name} =`, unionType(types), ";"] };
}

function enumComment(declared: Enum): string {
  const values = declared.values.filter((value) => value.comment !== "" || value.deprecated);
  const items = values.map((value) => listItem(value.name, value));
  return [declared.comment, items.join("\n")].filter((part) => part !== "").join("\n\n");
}

function numberConstants(declared: Enum, name: string, isClosed: boolean): Lines[] {
  const members = declared.values.flatMap((value: EnumValue) => [
    ...docComment(value.comment, value.deprecated),
    memberLine(propertyKey(value.name), `${value.number}`),
  ]);
  const constants = `(typeof ${name})[keyof typeof ${name}]`;
  const types = isClosed ? [constants] : [constants, "(number & {})"];
  return [
    ...declaredComment("enum", declared, declared.comment),
    `export const ${name} = {`,
    members,
    "} as const;",
    typeAlias(name, types),
  ];
}
