/** Messages, fields and enums of the model from their descriptors. */
import type { Location, Span } from "../diagnostics.js";
import type {
  Declaration,
  EnumDescriptor,
  FieldDescriptor,
  FileDescriptor,
  MessageDescriptor,
} from "../proto/descriptor.js";
import type { Enum, Field, Message, Oneof } from "./api-model.js";
import { defaultFeatures, type Features, inheritFeatures } from "./features.js";
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
  const addEnums = (enums: readonly EnumDescriptor[], outer: Features): void => {
    for (const declared of enums) {
      if (inheritFeatures(outer, declared.features).enumType === "closed") closed.add(declared.fullName);
    }
  };
  const addMessages = (messages: readonly MessageDescriptor[], outer: Features): void => {
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

/** What a declaration stands in. */
interface Scope {
  readonly file: FileDescriptor;
  readonly features: Features;
  readonly closedEnums: ClosedEnums;
}

/** What every named declaration of the model carries. */
export function buildNamed(declaration: Declaration, file: FileDescriptor): Omit<Oneof, "fields"> {
  const { name, fullName, comment, deprecated } = declaration;
  return { name, fullName, comment, deprecated, location: locate(file, declaration.span) };
}

/** A span of a file as a place to show. */
export function locate(file: FileDescriptor, span: Span): Location {
  const { line, column, endLine, endColumn } = span;
  return { file: file.displayPath, line, column, endLine, endColumn };
}

function fileFeatures(file: FileDescriptor): Features {
  return inheritFeatures(defaultFeatures(file.edition), file.features);
}

function buildMessage(message: MessageDescriptor, outer: Scope): Message {
  const scope = { ...outer, features: inheritFeatures(outer.features, message.features) };
  const wellKnown = wellKnownType(message.fullName);
  return {
    ...buildNamed(message, scope.file),
    file: scope.file.path,
    fields: message.fields.map((field) => buildField(field, scope)),
    oneofs: message.oneofs.map((oneof) => buildOneof(oneof, message, scope)),
    messages: message.messages.map((nested) => buildMessage(nested, scope)),
    enums: message.enums.map((nested) => buildEnum(nested, scope)),
    extensions: message.extensions.map((field) => buildField(field, scope)),
    ...(wellKnown === undefined ? {} : { wellKnown }),
    messageSetWireFormat: message.messageSetWireFormat,
  };
}

function buildOneof(oneof: Declaration, message: MessageDescriptor, scope: Scope): Oneof {
  const members = message.fields.filter((field) => field.oneof === oneof.name);
  return { ...buildNamed(oneof, scope.file), fields: members.map((field) => field.name) };
}

function buildField(field: FieldDescriptor, scope: Scope): Field {
  const features = inheritFeatures(scope.features, field.features);
  return {
    ...buildNamed(field, scope.file),
    number: field.number,
    jsonName: field.jsonName,
    shape: fieldShape(field, features, scope.closedEnums),
    presence: fieldPresence(field, features),
    ...(field.oneof === undefined ? {} : { oneof: field.oneof }),
    proto3Optional: scope.file.edition === "proto3" && field.label === "optional",
    ...(field.defaultValue === undefined ? {} : { defaultValue: field.defaultValue }),
    ...(field.extendee === undefined ? {} : { extendee: field.extendee }),
  };
}

function buildEnum(declared: EnumDescriptor, scope: Scope): Enum {
  return {
    ...buildNamed(declared, scope.file),
    file: scope.file.path,
    values: declared.values.map((value) => ({ ...buildNamed(value, scope.file), number: value.number })),
    closed: scope.closedEnums.has(declared.fullName),
    allowAlias: declared.allowAlias,
  };
}
