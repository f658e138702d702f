/** Messages, fields and enums of the model from their descriptors. */
import type { Location, Span } from "../diagnostics.js";
import type {
  Declaration,
  EnumDescriptor,
  EnumValueDescriptor,
  FieldDescriptor,
  FileDescriptor,
  MessageDescriptor,
} from "../proto/descriptor.js";
import { type EffectiveFeatures, editionFeatures, inheritFeatures } from "../proto/effective-features.js";
import type { Enum, EnumValue, Field, Message, Oneof } from "./api-model.js";
import { type ClosedEnums, fieldPresence, fieldShape } from "./field-shape.js";
import { wellKnownType } from "./well-known-types.js";

/** The types that one file declares. */
export interface FileTypes {
  readonly messages: readonly Message[];
  readonly enums: readonly Enum[];
  readonly extensions: readonly Field[];
}

/** Builds the types of a file; `closedEnums` are those of all files (`findClosedEnums`). */
export function buildTypes(file: FileDescriptor, closedEnums: ClosedEnums): FileTypes {
  const scope: Scope = { file, features: fileFeatures(file), closedEnums };
  return {
    messages: file.messages.map((message) => buildMessage(message, scope)),
    enums: file.enums.map((declared) => buildEnum(declared, scope)),
    extensions: file.extensions.map((field) => buildField(field, scope)),
  };
}

/** The full names of the closed enums among the files. An enum is closed by its own declaration, wherever it is used. */
export function findClosedEnums(files: readonly FileDescriptor[]): ClosedEnums {
  const closed = new Set<string>();
  const addEnums = (enums: readonly EnumDescriptor[], outer: EffectiveFeatures): void => {
    for (const declared of enums) {
      if (inheritFeatures(outer, declared.features).enumType === "closed") closed.add(declared.fullName);
    }
  };
  const addMessages = (messages: readonly MessageDescriptor[], outer: EffectiveFeatures): void => {
    for (const message of messages) {
      const features = inheritFeatures(outer, message.features);
      addEnums(message.enums, features);
      addMessages(message.messages, features);
    }
  };
  for (const file of files) {
    addEnums(file.enums, fileFeatures(file));
    addMessages(file.messages, fileFeatures(file));
  }
  return closed;
}

/** The surroundings of a declaration. */
interface Scope {
  readonly file: FileDescriptor;
  readonly features: EffectiveFeatures;
  readonly closedEnums: ClosedEnums;
}

/** Builds the common part of a named declaration. */
export function buildNamed(declaration: Declaration, file: FileDescriptor): Omit<Oneof, "fields"> {
  const { name, fullName, comment, deprecated } = declaration;
  return { name, fullName, comment, deprecated, location: locate(file, declaration.span) };
}

/** A span of a file as a place to show. */
export function locate(file: FileDescriptor, span: Span): Location {
  const { line, column, endLine, endColumn } = span;
  return { file: file.displayPath, line, column, endLine, endColumn };
}

function fileFeatures(file: FileDescriptor): EffectiveFeatures {
  return inheritFeatures(editionFeatures(file.edition), file.features);
}

function buildMessage(message: MessageDescriptor, outer: Scope): Message {
  const scope = { ...outer, features: inheritFeatures(outer.features, message.features) };
  const wellKnown = wellKnownType(message.fullName);
  const members = membersByOneof(message);
  return {
    ...buildNamed(message, scope.file),
    file: scope.file.path,
    fields: message.fields.map((field) => buildField(field, scope)),
    oneofs: message.oneofs.map((oneof) => ({
      ...buildNamed(oneof, scope.file),
      fields: members.get(oneof.name) ?? [],
    })),
    messages: message.messages.map((nested) => buildMessage(nested, scope)),
    enums: message.enums.map((nested) => buildEnum(nested, scope)),
    extensions: message.extensions.map((field) => buildField(field, scope)),
    ...(wellKnown === undefined ? {} : { wellKnown }),
    messageSetWireFormat: message.messageSetWireFormat,
  };
}

function membersByOneof({ fields }: MessageDescriptor): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  for (const { name, oneof } of fields) {
    if (oneof === undefined) continue;
    const known = members.get(oneof);
    if (known === undefined) members.set(oneof, [name]);
    else known.push(name);
  }
  return members;
}

function buildField(descriptor: FieldDescriptor, { file, features: outer, closedEnums }: Scope): Field {
  const features = inheritFeatures(outer, descriptor.features);
  // Spelt out: spreading costs as much as all the rest of the model, and an API has tens of thousands of fields.
  const field: Field = {
    name: descriptor.name,
    fullName: descriptor.fullName,
    comment: descriptor.comment,
    deprecated: descriptor.deprecated,
    location: locate(file, descriptor.span),
    number: descriptor.number,
    jsonName: descriptor.jsonName,
    shape: fieldShape(descriptor, features, closedEnums),
    presence: fieldPresence(descriptor, features),
    proto3Optional: file.edition === "proto3" && descriptor.label === "optional",
  };
  const { oneof, defaultValue, extendee, redacted } = descriptor;
  if (oneof === undefined && defaultValue === undefined && extendee === undefined && redacted === undefined)
    return field;
  return {
    ...field,
    ...(oneof === undefined ? {} : { oneof }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(extendee === undefined ? {} : { extendee }),
    ...(redacted === undefined ? {} : { redacted }),
  };
}

function buildEnum(declared: EnumDescriptor, scope: Scope): Enum {
  return {
    ...buildNamed(declared, scope.file),
    file: scope.file.path,
    values: declared.values.map((value) => buildEnumValue(value, scope.file)),
    closed: scope.closedEnums.has(declared.fullName),
    allowAlias: declared.allowAlias,
  };
}

function buildEnumValue(value: EnumValueDescriptor, file: FileDescriptor): EnumValue {
  const { name, fullName, comment, deprecated, number, jsonName } = value;
  const built = { name, fullName, comment, deprecated, location: locate(file, value.span), number };
  return jsonName === undefined ? built : { ...built, jsonName };
}
