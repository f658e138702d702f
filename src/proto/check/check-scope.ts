/** The data that the checks of a declaration use. */

import type { EnumDescriptor, FileDescriptor, MessageDescriptor } from "../descriptor.js";
import { withNestedMessages } from "../descriptor-set/check-descriptor-set.js";
import { type EffectiveFeatures, editionFeatures, inheritFeatures } from "../effective-features.js";
import type { LinkedFile } from "../linked-file.js";
import type { ParsedFile } from "../parsed-file.js";
import type { Report } from "../report.js";
import { indexRanges, type NumberRange, type RangeIndex } from "./range-index.js";

/** The surroundings of a declaration. */
export interface CheckScope {
  readonly file: ParsedFile;
  readonly types: TypeIndex;
  /** Features that are in effect around the declaration. */
  readonly features: EffectiveFeatures;
  readonly report: Report;
}

/** Every type of the loaded files by full name. */
export interface TypeIndex {
  readonly messages: ReadonlyMap<string, MessageDescriptor>;
  readonly enums: ReadonlyMap<string, CheckedEnum>;
  /** Tells whether a message leaves this number to extensions. */
  takesExtension(message: MessageDescriptor, number: number): boolean;
}

/** An enum, and whether it is closed: https://protobuf.dev/programming-guides/enum/ */
export interface CheckedEnum {
  readonly descriptor: EnumDescriptor;
  readonly isClosed: boolean;
}

/** Indexes the types of all files. */
export function indexTypes(files: readonly LinkedFile[]): TypeIndex {
  const messages = new Map<string, MessageDescriptor>();
  const enums = new Map<string, CheckedEnum>();
  for (const { descriptor } of files) {
    for (const message of descriptor.messages.flatMap(withNestedMessages)) messages.set(message.fullName, message);
    for (const each of checkedEnums(descriptor)) enums.set(each.descriptor.fullName, each);
  }
  const ranges = new Map<MessageDescriptor, RangeIndex<NumberRange>>();
  const takesExtension = (message: MessageDescriptor, number: number): boolean => {
    const known = ranges.get(message) ?? indexRanges(message.extensionRanges.map(([from, to]) => ({ from, to })));
    ranges.set(message, known);
    return known(number) !== undefined;
  };
  return { messages, enums, takesExtension };
}

function checkedEnums(file: FileDescriptor): CheckedEnum[] {
  const features = inheritFeatures(editionFeatures(file.edition), file.features);
  const checked = (outer: EffectiveFeatures, enums: readonly EnumDescriptor[]): CheckedEnum[] =>
    enums.map((descriptor) => ({
      descriptor,
      isClosed: inheritFeatures(outer, descriptor.features).enumType === "closed",
    }));
  const inMessage = (outer: EffectiveFeatures, message: MessageDescriptor): CheckedEnum[] => {
    const own = inheritFeatures(outer, message.features);
    return [...checked(own, message.enums), ...message.messages.flatMap((nested) => inMessage(own, nested))];
  };
  return [...checked(features, file.enums), ...file.messages.flatMap((message) => inMessage(features, message))];
}
