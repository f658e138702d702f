/**
 * Classes that are about texts that one of the parsers takes and the other does not: neither proto JSON nor google/api/http.proto has
 * them, so that no client can rely on them. Where the product takes more it stays so: a client that was refused is not in production.
 */
import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { streamsRequests } from "../requests/api.js";
import type { ClassExample, Difference, DifferenceClass } from "./difference-class.js";
import {
  bodyOf,
  decoded,
  isForm,
  isHead,
  ourMessage,
  parametersOf,
  pathOf,
  ranHereOnly,
  ranThereOnly,
  sent,
  theirMessage,
} from "./matters.js";

type Row = Pick<DifferenceClass, "id" | "area" | "versions" | "gateway" | "product"> & {
  readonly reason: string;
  readonly example: ClassExample;
  readonly holds: (difference: Difference) => boolean;
};

function leniency({ reason, holds, ...rest }: Row): DifferenceClass {
  return { ...rest, state: { kind: "stands", reason }, explanation: { kind: "outcome", holds } };
}

/** Refused by the gateway with this text. */
const refusedThere =
  (message: RegExp) =>
  (difference: Difference): boolean =>
    ranHereOnly(difference) && message.test(theirMessage(difference));

/** Refused by the product with this text. */
const refusedHere =
  (message: RegExp) =>
  (difference: Difference): boolean =>
    ranThereOnly(difference) && message.test(ourMessage(difference));

const echo = { set: "vectors", rpc: "Vectors.Echo", method: "POST", target: "/v1/echo" } as const;
const taken = "no client sends what it was refused; refusing it costs every function bytes";
const foreign = "a habit of Go's parser that no specification has";

/** In the order of the table. */
export const leniencyClasses: readonly DifferenceClass[] = [
  leniency({
    id: "json-duration-zeros",
    area: "Leniency",
    gateway: "durations with zeros in front are refused",
    product: "taken",
    reason: taken,
    example: { ...echo, body: '{"durationValue":"01s"}' },
    // A stream has begun before its message is read, and may end as if there were none.
    holds: (difference) =>
      refusedThere(/invalid google.protobuf.Duration value/)(difference) ||
      (streamsRequests(difference.binding) && /"-?0\d[\d.]*s"/.test(bodyOf(difference))),
  }),
  leniency({
    id: "json-null",
    area: "Leniency",
    gateway: "null is refused for a `body` that is a field, and for a list of google.protobuf.NullValue",
    product: "null is an unset field everywhere",
    reason: "proto JSON says so",
    example: { set: "vectors", rpc: "Vectors.Echo", method: "POST", target: "/v1/body/timestamp", body: "null" },
    holds: refusedThere(/unexpected token null|cannot assign <nil>|value: null/),
  }),
  leniency({
    id: "json-null-in-another-spelling",
    area: "Leniency",
    gateway: "a field is refused that is given in both of its spellings, also where one of them is null",
    product: "taken where the null is under the name in the proto, unless null is a value of some field of the message",
    reason: taken,
    example: {
      set: "library",
      rpc: "LibraryService.MergeShelves",
      method: "POST",
      target: "/v1/shelves/1:merge",
      body: '{"other_shelf":null,"otherShelf":"shelves/2"}',
    },
    holds: (difference) => /duplicate field/.test(theirMessage(difference)) && hasNullAndSpelling(difference),
  }),
  leniency({
    id: "map-key-of-an-unknown-enum",
    area: "Leniency",
    gateway: "a key of a map may come again where its first value was an unknown name of an enum",
    product: "refused, as any key that comes again",
    reason: "no client writes a key twice",
    example: { ...echo, body: '{"mapStringEnum":{"a":"NO_SUCH","a":"RED"}}' },
    holds: refusedHere(/\["[^"]*"\]: expected an enum value, found two values for one name/),
  }),
  leniency({
    id: "json-not-unicode",
    area: "Leniency",
    gateway:
      "members that no field has are refused when their strings are not Unicode: lone surrogates, bytes that are not UTF-8",
    product: "ignored with the member",
    reason: taken,
    example: { ...echo, body: '{"unknown":"\\ud800"}' },
    holds: refusedThere(/unexpected EOF|invalid UTF-8|invalid escape|surrogate/),
  }),
  leniency({
    id: "patch-unknown-member",
    area: "Leniency",
    gateway: "a PATCH with members below a Struct, an Any or an Empty is refused: its mask finds no field for them",
    product: "taken; the mask ends with the field",
    reason: "a fault of the gateway's masks: what the body says is right",
    example: { set: "zoo", rpc: "ZooService.PatchAStruct", method: "PATCH", target: "/zoo/struct", body: '{"a":1}' },
    holds: refusedThere(/could not find field/),
  }),
  leniency({
    id: "content-type-malformed",
    area: "Leniency",
    gateway: "a malformed Content-Type is refused where Go reads the body for a form",
    product: "not looked at",
    reason: taken,
    example: {
      set: "vectors",
      rpc: "Vectors.Echo",
      method: "POST",
      target: "/v1/body/none",
      headers: [["Content-Type", "application/json, text/plain"]],
      body: "x",
    },
    holds: refusedThere(/^mime:/),
  }),
  leniency({
    id: "metadata-empty-name",
    versions: ["2.30"],
    area: "Leniency",
    gateway: "the header `Grpc-Metadata-`, without a name, is 500, from grpc-go",
    product: "left out",
    reason: taken,
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      headers: [["Grpc-Metadata-", "x"]],
    },
    holds: (difference) =>
      sent(difference, "grpc-metadata-").length > 0 && (ranHereOnly(difference) || difference.theirs.status === 500),
  }),
  leniency({
    id: "time-leniency",
    area: "Leniency",
    gateway: "times may have an hour of one digit, and zones up to 24:00 and of 60 minutes",
    product: "RFC 3339",
    reason: foreign,
    example: { ...echo, body: '{"timestampValue":"2020-01-02T3:04:05Z"}' },
    holds: refusedHere(/expected an RFC 3339 time/),
  }),
  leniency({
    id: "form-with-override",
    area: "Leniency",
    gateway: "a form with X-HTTP-Method-Override has lost its body: the search for the override has read it",
    product: "the body is read",
    reason: "what a client sends must not get lost",
    example: {
      ...echo,
      headers: [
        ["X-HTTP-Method-Override", "POST"],
        ["Content-Type", "application/x-www-form-urlencoded"],
      ],
      body: '{"stringValue":"a"}',
    },
    holds: (difference) =>
      sent(difference, "x-http-method-override").length > 0 && isForm(difference) && bodyOf(difference) !== "",
  }),
  leniency({
    id: "malformed-form",
    area: "Leniency",
    gateway:
      "a form with a malformed body or query is 400, whatever its path: the search for a method override comes first",
    product: "404 and 501 come first, and a query that no field can be in is not looked at",
    reason: "the answer says more",
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      method: "POST",
      target: "/v1/shelves/1?a=%zz",
      // Without an override, 2.30 looks through a map of methods and answers 400 or 501 by its order.
      headers: [
        ["X-HTTP-Method-Override", "GET"],
        ["Content-Type", "application/x-www-form-urlencoded"],
      ],
    },
    holds: (difference) => isForm(difference) && /invalid semicolon|invalid URL escape/.test(theirMessage(difference)),
  }),
  leniency({
    id: "any-without-type",
    area: "Leniency",
    gateway: "an Any that has a value and no type, which a query can make, cannot be printed",
    product: '`{"@type": "", "value": …}`',
    reason: "the reply is the handler's",
    example: { set: "vectors", rpc: "Vectors.Echo", target: "/v1/echo?any_value.value=QUI%3D" },
    holds: (difference) =>
      difference.ours.status === 200 &&
      (isHead(difference)
        ? difference.theirs.status === 500 && /\.type_?url=/i.test(parametersOf(difference))
        : /type_url is not set/.test(difference.theirs.body)),
  }),
  leniency({
    id: "float-at-the-edge",
    area: "Leniency",
    gateway: "a number beyond the largest float that rounds down to it is taken: 3.4028235677973365e38",
    product: "refused, as a number beyond the range",
    reason: "a double is compared with the range; no float is written so",
    example: { ...echo, body: '{"floatValue":3.4028235677973365e38}' },
    holds: refusedHere(/in the range of a float/),
  }),
  leniency({
    id: "float-between-two",
    area: "Leniency",
    gateway: "a number is rounded to a float by all of its digits",
    product: "by its double, which may lie in the middle between two floats: the one with the even last bit",
    reason: "JSON.parse has the double; the other float is as near",
    example: { ...echo, body: '{"floatValue":0.6173429191112518}' },
    holds: (difference) => numbersIn(difference).some(isBetweenFloats),
  }),
];

/** Whether the body has the field of the gateway's message in both spellings, one of them with null. */
function hasNullAndSpelling(difference: Difference): boolean {
  const [, name = ""] = /duplicate field "([^"]+)"/.exec(theirMessage(difference)) ?? [];
  const field = fieldsOf(difference.binding.input).find((one) => [one.name, one.jsonName].includes(name));
  const body = bodyOf(difference);
  const [one, other] = [field?.name, field?.jsonName].map((text) => JSON.stringify(text ?? ""));
  const isNull = (text: string): boolean => new RegExp(`${text}\\s*:\\s*null`).test(body);
  return (
    one !== undefined &&
    other !== undefined &&
    [one, other].every((text) => body.includes(text)) &&
    [one, other].some(isNull)
  );
}

/** The fields of a message and of those that it holds. */
function fieldsOf(type: DescMessage, seen: Set<DescMessage> = new Set()): DescField[] {
  if (seen.has(type)) return [];
  seen.add(type);
  return type.fields.flatMap((field) => [field, ...(field.message === undefined ? [] : fieldsOf(field.message, seen))]);
}

function numbersIn(difference: Difference): number[] {
  const text = `${decoded(pathOf(difference))} ${parametersOf(difference)} ${bodyOf(difference)}`;
  return (text.match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi) ?? []).map(Number);
}

/** Whether a number is as far from the float below it as from the one above. */
function isBetweenFloats(value: number): boolean {
  const near = Math.fround(value);
  const opposite = value + (value - near);
  return near !== value && Math.fround(opposite) === opposite;
}
