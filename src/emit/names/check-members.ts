/** Members of a message that would be one property of its objects, or one member of its JSON: what is emitted would not compile. */
import { type Diagnostic, diagnostic, type Location } from "../../diagnostics.js";
import type { Message } from "../../model/api-model.js";
import { type MessageStyle, messageStyle } from "../message-style.js";
import { oneofPropertyName, propertyName } from "./property-names.js";
import type { FilePlan } from "../../plan/plan.js";

/** A field or a oneof under one of its names. */
interface Member {
  /** Equal where the names are the same, in the same place. */
  readonly key: string;
  readonly shown: string;
  readonly name: string;
  readonly location: Location;
}

/** PL018, for every message that is planned. */
export function checkMembers(files: readonly FilePlan[]): Diagnostic[] {
  return files.flatMap(({ messages, style: options }) => {
    const style = messageStyle(options);
    return messages.flatMap(({ message }) => [
      ...clashes(message, properties(message, style), "property", "rename one of them"),
      ...clashes(message, jsonNames(message), "JSON name", "give one of them another json_name, or rename it"),
    ]);
  });
}

function properties({ fields, oneofs }: Message, style: MessageStyle): Member[] {
  const isUnion = style.oneofs === "union" || style.oneofs === "cases";
  const ofFields = fields.map((field): Member => {
    const shown = propertyName(field, style);
    // In a union the names of the members stand in a property of their own.
    const key = isUnion && field.oneof !== undefined ? `${field.oneof} ${shown}` : shown;
    return { key, shown, name: field.name, location: field.location };
  });
  if (style.oneofs === "flat") return ofFields;
  const ofOneofs = oneofs.map((oneof): Member => {
    const shown = oneofPropertyName(oneof, style);
    return { key: shown, shown, name: oneof.name, location: oneof.location };
  });
  return [...ofFields, ...ofOneofs];
}

function jsonNames({ fields }: Message): Member[] {
  return fields.map(({ jsonName, name, location }) => ({ key: jsonName, shown: jsonName, name, location }));
}

function clashes(message: Message, members: readonly Member[], kind: string, help: string): Diagnostic[] {
  const firsts = new Map<string, Member>();
  return members.flatMap((member): Diagnostic[] => {
    const first = firsts.get(member.key);
    firsts.set(member.key, first ?? member);
    if (first === undefined) return [];
    return [
      diagnostic(
        "PL018",
        `"${first.name}" and "${member.name}" of ${message.fullName} have the ${kind} "${member.shown}", expected one each`,
        {
          location: member.location,
          related: [{ message: `"${first.name}" is declared here`, location: first.location }],
          help,
        },
      ),
    ];
  });
}
