/** What classes ask of a difference. */
import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { Edition } from "@bufbuild/protobuf/wkt";
import { errorIn } from "../compare/differences.js";
import type { ValuesByName } from "../compare/observation.js";
import { isLong } from "../messages/wire-message.js";
import { fieldAt } from "../requests/api.js";
import { headerValues } from "../requests/header-fields.js";
import type { Difference } from "./difference-class.js";

/** The message of the gateway's error; "" for an answer that is none. */
export function theirMessage({ theirs }: Difference): string {
  return errorIn(theirs.body)?.message ?? "";
}

/** The message of the product's error; "" for an answer that is none. */
export function ourMessage({ ours }: Difference): string {
  return errorIn(ours.body)?.message ?? "";
}

/** The handler ran behind the gateway only. */
export function ranThereOnly({ theirs, ours }: Difference): boolean {
  return theirs.calls.length > 0 && ours.calls.length === 0;
}

/** The handler ran in the product only. */
export function ranHereOnly({ theirs, ours }: Difference): boolean {
  return theirs.calls.length === 0 && ours.calls.length > 0;
}

/** Neither ran. */
export function ranNowhere({ theirs, ours }: Difference): boolean {
  return theirs.calls.length === 0 && ours.calls.length === 0;
}

/** A parameter of the query has a name of more than 100 parts. */
export function hasDeepNames(difference: Difference): boolean {
  return /(\.[^.&=]+){100}/.test(queryOf(difference));
}

/** The values of a header of the request, without space around them. */
export function sent({ request }: Difference, name: string): string[] {
  return headerValues(request.headers, name).map((value) => value.trim());
}

/** The body of the request. */
export function bodyOf({ request }: Difference): string {
  return Buffer.from(request.body, "base64").toString();
}

/** The path of the request as it was sent. */
export function pathOf({ request }: Difference): string {
  return request.target.split("?", 1)[0] ?? "";
}

/** The query of the request as it was sent. */
export function queryOf({ request }: Difference): string {
  return request.target.slice(request.target.indexOf("?") + 1 || request.target.length);
}

/** The query, and that in the body of a form, decoded as far as it can be. */
export function parametersOf(difference: Difference): string {
  return [queryOf(difference), isForm(difference) ? bodyOf(difference) : ""].map(decoded).join("&");
}

/** A text of a form without its escapes; as it is where they are wrong. */
export function decoded(text: string): string {
  return text.replaceAll("+", " ").replaceAll(/(%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/** Whether answers have no body that could say more than the status. */
export function isHead({ request }: Difference): boolean {
  return request.method === "HEAD";
}

/** Whether the request says that it is a form. */
export function isForm(difference: Difference): boolean {
  return sent(difference, "content-type").some((type) => /^application\/x-www-form-urlencoded/i.test(type));
}

/** The values with those whose names the test takes left out. */
export function without(values: ValuesByName, test: (name: string) => boolean): ValuesByName {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !test(name)));
}

/** The values, each list changed. */
export function mapValues(
  values: ValuesByName,
  change: (list: readonly string[], name: string) => readonly string[],
): ValuesByName {
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, change(list, name)]));
}

/** The field that is the whole answer. */
export function responseField({ binding }: Difference): DescField | undefined {
  return binding.responseBody === "" ? undefined : fieldAt(binding.output, binding.responseBody);
}

/** Whether a field is the whole answer. */
export function hasResponseBody({ binding }: Difference): boolean {
  return binding.responseBody !== "";
}

/** Whether a map with keys of bool or 64 bits is in a message, or in what it holds. */
export function hasSuchMap(type: DescMessage, seen: Set<DescMessage> = new Set()): boolean {
  if (seen.has(type)) return false;
  seen.add(type);
  return type.fields.some(
    (field) =>
      (field.fieldKind === "map" && (field.mapKey === ScalarType.BOOL || isLong(field.mapKey))) ||
      (field.message !== undefined && hasSuchMap(field.message, seen)),
  );
}

/** Whether a message of proto2 or of editions is the type, or in what it holds. */
export function hasOldMessage(type: DescMessage, seen: Set<DescMessage> = new Set()): boolean {
  if (seen.has(type)) return false;
  seen.add(type);
  if (type.file.edition !== Edition.EDITION_PROTO3) return true;
  return type.fields.some(({ message }) => message !== undefined && hasOldMessage(message, seen));
}
