/** Random messages as the wire has them: what handlers reply. A few are such as no JSON can be made of. */
import type { DescEnum, DescField, DescMessage, FileRegistry, ScalarType } from "@bufbuild/protobuf";
import { texts } from "../requests/texts.js";
import type { Choice } from "./choice.js";
import { onlyField } from "./idiomatic-objects.js";
import { randomDouble, randomScalar, randomText } from "./random-values.js";
import { encodeMessage } from "./wire-encode.js";
import type { WireItem, WireMessage, WireValue } from "./wire-message.js";

/** What messages are made with. */
export interface MessageSource {
  readonly choice: Choice;
  readonly registry: FileRegistry;
  /** Full names of what an Any may hold. */
  readonly anyTypes: readonly string[];
  /** How likely a field is set; chosen per message when absent. */
  readonly density?: number;
}

/** How likely a well-known type holds what its JSON cannot say. */
const oddShare = 0.006;

/** A message of the type; `depth` counts what it is inside of. */
export function randomWireMessage(source: MessageSource, type: DescMessage, depth = 0): WireMessage {
  const values = wellKnownValues(source, type, depth) ?? ordinaryValues(source, type, depth);
  return { type, values };
}

type Values = ReadonlyMap<DescField, WireValue>;

function valuesByName(type: DescMessage, members: Readonly<Record<string, WireValue>>): Values {
  return new Map(
    type.fields.flatMap((field) => {
      const value = Object.hasOwn(members, field.name) ? members[field.name] : undefined;
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
}

function wellKnownValues(source: MessageSource, type: DescMessage, depth: number): Values | undefined {
  const { choice } = source;
  const below = (child: DescMessage): WireMessage => randomWireMessage(source, child, depth + 1);
  const count = depth > 4 ? 0 : choice.below(4);
  switch (type.typeName) {
    case "google.protobuf.Timestamp":
      return valuesByName(type, randomTime(choice));
    case "google.protobuf.Duration":
      return valuesByName(type, randomDuration(choice));
    case "google.protobuf.FieldMask":
      return valuesByName(type, { paths: randomPaths(choice) });
    case "google.protobuf.Struct": {
      const names = choice.sample(["a", "fooBar", "foo_bar", "", "ü", "10", "9", "__proto__", "z"], count);
      const value = onlyField(type).message as DescMessage;
      return valuesByName(type, { fields: new Map(names.map((name) => [name, below(value)])) });
    }
    case "google.protobuf.ListValue": {
      const value = onlyField(type).message as DescMessage;
      return valuesByName(type, { values: Array.from({ length: count }, () => below(value)) });
    }
    case "google.protobuf.Value":
      return randomValue(source, type, depth);
    case "google.protobuf.Any":
      return valuesByName(type, randomAny(source, depth));
    default:
      return undefined;
  }
}

function randomTime(choice: Choice): Record<string, WireValue> {
  if (choice.chance(oddShare)) {
    const seconds = choice.pick([253402300800n, -62135596801n, 0n, 5n, -1n]);
    return { seconds, nanos: choice.pick([-1, 1_000_000_000, 0, 5]) };
  }
  const any = BigInt(choice.between(-62_135_596, 253_402_300)) * 1000n;
  const seconds = choice.pick([0n, 1n, -1n, 1577934245n, 253402300799n, -62135596800n, 951782400n, any]);
  return { seconds, nanos: choice.pick([0, 0, 1, 500_000_000, 123_456_789, 120_000_000, 1000, 999_999_999, 100]) };
}

function randomDuration(choice: Choice): Record<string, WireValue> {
  if (choice.chance(oddShare)) {
    const seconds = choice.pick([315576000001n, -315576000001n, 1n, -1n]);
    return { seconds, nanos: choice.pick([1_000_000_000, -1_000_000_000, -1, 1]) };
  }
  const sign = choice.chance(0.3) ? -1 : 1;
  const seconds = BigInt(sign) * choice.pick([0n, 1n, 100n, 315576000000n, 3600n]);
  return { seconds, nanos: sign * choice.pick([0, 0, 1, 500_000_000, 123_456_789, 1000]) };
}

function randomPaths(choice: Choice): readonly string[] {
  if (choice.chance(oddShare * 2))
    return [choice.pick(["fooBar", "a__b", "a_", "_a", "a_B", "", "A", "a b", "a,b", "ü", "a-b", "a_1"])];
  const paths = ["a", "foo_bar", "foo_bar.baz_qux", "name", "leaf.text", "a1"];
  return Array.from({ length: choice.below(4) }, () => choice.pick(paths));
}

const valueKinds = ["null_value", "number_value", "bool_value", "string_value", "struct_value", "list_value"];

function randomValue(source: MessageSource, type: DescMessage, depth: number): Values {
  const { choice } = source;
  const kind = choice.pick(depth > 4 ? valueKinds.slice(0, 3) : valueKinds);
  const field = type.fields.find(({ name }) => name === kind) as DescField;
  const value = (): WireItem => {
    switch (kind) {
      case "null_value":
        return 0;
      case "number_value":
        if (choice.chance(oddShare)) return choice.pick([Number.NaN, Infinity]);
        return choice.chance(0.1) ? -0 : randomDouble(choice);
      case "string_value":
        return randomText(choice);
      case "bool_value":
        return choice.chance(0.5);
      default:
        return randomWireMessage(source, field.message as DescMessage, depth + 1);
    }
  };
  return new Map([[field, value()]]);
}

const oddUrls = ["type.googleapis.com/no.such.Type", "noslash", "type.googleapis.com/", "/"];

function randomAny(source: MessageSource, depth: number): Record<string, WireValue> {
  const { choice, anyTypes, registry } = source;
  const isOdd = choice.chance(oddShare * 3);
  if (isOdd) return { type_url: choice.pick(oddUrls), value: Buffer.from([8, 1]) };
  if (anyTypes.length === 0 || depth > 4 || choice.chance(0.15)) return {};
  const type = registry.getMessage(choice.pick(anyTypes));
  if (type === undefined) return {};
  const host = choice.pick(["type.googleapis.com", "type.googleapis.com", "example.com/x"]);
  const value = encodeMessage(randomWireMessage(source, type, depth + 1));
  return { type_url: `${host}/${type.typeName}`, value };
}

function ordinaryValues(source: MessageSource, type: DescMessage, depth: number): Values {
  const { choice } = source;
  const share = source.density ?? choice.pick([0, 0.1, 0.3, 0.6, depth === 0 ? 1 : 0.3]) * (depth > 2 ? 0.3 : 1);
  const values = new Map<DescField, WireValue>();
  for (const field of type.fields) {
    // 3: required.
    const isRequired = field.presence === 3;
    if (isRequired ? choice.chance(0.05) : !choice.chance(share)) continue;
    if (field.message !== undefined && depth > 5 && !isRequired) continue;
    if (field.oneof?.fields.some((other) => values.has(other))) continue;
    values.set(field, randomFieldValue(source, field, depth));
  }
  return values;
}

function randomFieldValue(source: MessageSource, field: DescField, depth: number): WireValue {
  const { choice } = source;
  const item = (): WireItem => {
    if (field.message !== undefined) return randomWireMessage(source, field.message, depth + 1);
    return field.enum !== undefined
      ? randomNumber(choice, field.enum)
      : randomScalar(choice, field.scalar as ScalarType);
  };
  switch (field.fieldKind) {
    case "list":
      return Array.from({ length: choice.below(4) }, item);
    case "map":
      return new Map(Array.from({ length: choice.below(4) }, () => [randomKey(choice, field.mapKey), item()]));
    default:
      return item();
  }
}

function randomKey(choice: Choice, scalar: ScalarType): string {
  const value = randomScalar(choice, scalar);
  return typeof value === "string" && choice.chance(0.5) ? choice.pick(texts.json.structName) : String(value);
}

function randomNumber(choice: Choice, type: DescEnum): number {
  if (type.open && choice.chance(0.1)) return choice.pick([99, -5, 2 ** 31 - 1, -(2 ** 31)]);
  return choice.pick(type.values).number;
}
