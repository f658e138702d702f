/** The field kinds of the matrix: every type that a field can have, with what requests say of it. */

/** A type of fields with values of it, right and wrong. */
export interface FieldKind {
  /** Upper camel case; names messages and RPCs. */
  readonly name: string;
  /** As a field of any .proto file declares it. */
  readonly type: string;
  /** What a path or a query may say; [] for what has no text form. The first one is right. */
  readonly texts: readonly string[];
  /** What a body may say, as JSON texts. The first one is right. */
  readonly json: readonly string[];
  /** Fields below it that a path may bind: name and text, right and wrong. */
  readonly inner?: readonly (readonly [name: string, ...texts: string[]])[];
  /** Query parameters below it: what stands behind the name of the field. */
  readonly below?: readonly string[];
  /** A whole message in requests and replies, too. */
  readonly isWellKnown?: boolean;
}

const integers = ["7", "-3", "0", "", "x", "2147483648", "1.5"];
const longs = ["7", "-3", "0", "9007199254740991", "x", "18446744073709551616"];
const floats = ["1.5", "-0", "0", "NaN", "-Infinity", "1e3", "x"];

function scalar(name: string, texts: readonly string[], json: readonly string[]): FieldKind {
  return { name: name.charAt(0).toUpperCase() + name.slice(1), type: name, texts, json };
}

const integerJson = ["7", '"-3"', "0", "null", '"x"', "1.5", "true"];
const unsignedJson = ["7", '"3"', "0", "null", "-1", "{}"];
const longJson = ['"7"', "-3", "0", "null", '"x"', "[]"];

const scalars: readonly FieldKind[] = [
  ...["int32", "sint32", "sfixed32"].map((name) => scalar(name, integers, integerJson)),
  ...["uint32", "fixed32"].map((name) => scalar(name, integers, unsignedJson)),
  ...["int64", "sint64", "sfixed64"].map((name) => scalar(name, longs, longJson)),
  ...["uint64", "fixed64"].map((name) => scalar(name, longs, unsignedJson)),
  ...["double", "float"].map((name) => scalar(name, floats, ["1.5", "-0.0", "0", '"NaN"', "null", '"x"'])),
  scalar("bool", ["true", "0", "T", "x"], ["true", "false", "null", '"true"']),
  scalar("string", ["a b/ü", "", "null"], ['"a\\n\\"ü<"', '""', "null", "5"]),
  scalar("bytes", ["QUJD", "QUI=", "-_8=", "", "!"], ['"QUJD"', '"-_8"', '""', "null", '"!"', "7"]),
];

const unknownBelow = [".nothing=1", ".=1", "[a]=1", "[a][b]=1"];

function wellKnown(name: string, kind: Omit<FieldKind, "name" | "type" | "isWellKnown">): FieldKind {
  return { ...kind, name, type: `google.protobuf.${name}`, isWellKnown: true };
}

function wrapper(name: string, { texts, json }: FieldKind): FieldKind {
  const [first = "", ...others] = texts;
  const below = [...texts.map((text) => `.value=${encodeURIComponent(text)}`), ".value.x=1", ...unknownBelow];
  return wellKnown(name, { texts, json, inner: [["value", first, ...others]], below });
}

function scalarOf(type: string): FieldKind {
  const found = scalars.find((kind) => kind.type === type);
  if (found === undefined) throw new Error(`no scalar ${type}`);
  return found;
}

const secondsAndNanos = [
  ["seconds", "5", "-1", "x"],
  ["nanos", "7", "x"],
] as const;
const belowTime = [".seconds=5", ".seconds=5&$.nanos=7", ".nanos=7&$.seconds=5", ".seconds=x", ".seconds.x=1"];
const valueMembers = ["null_value=NULL_VALUE", "null_value=1", "number_value=1.5", "stringValue=x", "bool_value=true"];

const wellKnownTypes: readonly FieldKind[] = [
  wellKnown("Timestamp", {
    texts: ["2024-02-29T12:34:56.789Z", "null", "x"],
    json: ['"2024-02-29T12:34:56.789Z"', "null", '"x"', "{}"],
    inner: secondsAndNanos,
    below: [...belowTime, ...unknownBelow],
  }),
  wellKnown("Duration", {
    texts: ["1.5s", "x"],
    json: ['"-1.500s"', "null", '"1"'],
    inner: secondsAndNanos,
    below: [...belowTime, ...unknownBelow],
  }),
  wellKnown("FieldMask", {
    texts: ["a,b.c", ""],
    json: ['"a,bC.d"', '""', "null", "[]"],
    inner: [["paths", "a", "a,b"]],
    below: [".paths=a", ".paths=a&$.paths=b", ".paths=a,b", ...unknownBelow],
  }),
  wellKnown("Struct", {
    texts: ['{"a":[1,null,{"b":"c"}]}', "[]", "x"],
    json: ['{"a":[1,null,{"b":"c"}]}', "{}", "null", "[]"],
    below: [
      ...[".fields[a]=1", '.fields[a]=%22x%22&$.fields[b]={"c":[true]}', ".fields[a]=1&$.fields[a]=2", ".fields[a]=x"],
      ...[".fields=1", ".fields.x=1", ".fields[__proto__]=1", ...unknownBelow],
    ],
  }),
  wellKnown("Value", {
    texts: ['{"a":[1,null,{"b":"c"}]}', "1", '"x"', "null", "x"],
    json: ['{"a":[1,null,{"b":"c"}]}', "[1]", '"x"', "1", "true", "null"],
    inner: [
      ["null_value", "NULL_VALUE", "0", "x"],
      ["number_value", "1.5", "x"],
      ["string_value", "a b"],
      ["bool_value", "true", "x"],
    ],
    below: [
      ...valueMembers.map((member) => `.${member}`),
      ...[".number_value=x", ".bool_value=true&$.string_value=x", ".string_value=x&$.struct_value.fields[a]=1"],
      ...['.struct_value={"a":1}', ".struct_value.fields[a]=1&$.structValue.fields[b]=2", ".list_value=[1]"],
      ...[".list_value.values=1&$.list_value.values=2", ".struct_value.fields[a]=1&$.list_value.values=2"],
      ...[".struct_value.nothing=1", ".list_value.nothing=1", ".string_value.x=1", ...unknownBelow],
    ],
  }),
  wellKnown("ListValue", {
    texts: ["[1]"],
    json: ['[1,"x",null,{}]', "[]", "null", "{}"],
    below: [".values=1&$.values=%22x%22", ".values=x", ".values[a]=1", ".values.x=1", ...unknownBelow],
  }),
  wellKnown("Any", {
    texts: ["{}"],
    json: ['{"@type":"type.googleapis.com/matrix.Part","name":"x"}', "null", '{"@type":"x/no.Such"}'],
    inner: [["type_url", "type.googleapis.com/matrix.Part"]],
    below: [".type_url=type.googleapis.com/matrix.Part", ".type_url=x/matrix.Part&$.value=CgF4", ...unknownBelow],
  }),
  wellKnown("Empty", { texts: ["", "{}", "x"], json: ["{}", "null", '{"a":1}', "[]"], below: unknownBelow }),
  wrapper("BoolValue", scalarOf("bool")),
  wrapper("BytesValue", scalarOf("bytes")),
  wrapper("DoubleValue", scalarOf("double")),
  wrapper("FloatValue", scalarOf("float")),
  wrapper("Int32Value", scalarOf("int32")),
  wrapper("Int64Value", scalarOf("int64")),
  wrapper("StringValue", scalarOf("string")),
  wrapper("UInt32Value", scalarOf("uint32")),
  wrapper("UInt64Value", scalarOf("uint64")),
];

/** Kinds whose values are read and written by the functions of another one. */
const alike: ReadonlySet<string> = new Set([
  ...["Sint32", "Sfixed32", "Fixed32", "Sint64", "Sfixed64", "Fixed64"],
  ...["FloatValue", "Int32Value", "UInt32Value", "UInt64Value"],
]);

/** How much of the matrix: `some` leaves out values, and kinds that are like another one. */
export type Extent = "some" | "all";

/** The kinds of an extent. */
export function kindsIn(extent: Extent): readonly FieldKind[] {
  return extent === "all" ? fieldKinds : fieldKinds.filter(({ name }) => !alike.has(name));
}

/** All of them. `matrix.Part`, `matrix.Level` and, in proto2 and editions, groups and `matrix.Closed` are declared by the protos. */
const fieldKinds: readonly FieldKind[] = [
  ...scalars,
  { name: "Level", type: "Level", texts: ["HIGH", "0", "9", "x"], json: ['"HIGH"', "0", "9", "null", '"NO_SUCH"'] },
  {
    name: "Null",
    type: "google.protobuf.NullValue",
    texts: ["NULL_VALUE", "0", "1", "null"],
    json: ["null", '"NULL_VALUE"', "0", '"x"'],
  },
  {
    name: "Part",
    type: "Part",
    texts: ["x"],
    json: ['{"name":"x","size":"3"}', "{}", "null", '{"size":"x"}', "[]"],
    inner: [
      ["name", "x"],
      ["size", "3", "x"],
    ],
    below: [".name=x", ".name=x&$.size=3", ".size=x", ".part.part.name=x", ...unknownBelow],
  },
  ...wellKnownTypes,
];
