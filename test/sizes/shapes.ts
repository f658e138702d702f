/** Inputs that are large in one respect each: as a function of their size, what the tool is given. */

/** One kind of large input. */
export interface SizeShape {
  readonly name: string;
  /** The smaller of the two sizes that are compared. */
  readonly size: number;
  /** Files by path, for a size. */
  readonly make: (size: number) => Readonly<Record<string, string>>;
  /** What the command line names. */
  readonly protos?: readonly string[];
  readonly flags?: readonly string[];
  /** How the command ends. */
  readonly exitCode: 0 | 2;
}

const list = (count: number, item: (index: number) => string, between = "\n"): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(between);

/** A file with a service of one RPC that posts `Big`. */
const api = (declarations: string, syntax = "proto3"): string =>
  `syntax = "${syntax}";\npackage big.v1;\nimport "google/api/annotations.proto";\n${service}\n${declarations}\n`;

const service = `service Sizes {
  rpc Call(Big) returns (Big) { option (google.api.http) = { post: "/v1/call" body: "*" }; }
  rpc Ask(Big) returns (Big) { option (google.api.http) = { get: "/v1/ask" }; }
}`;

const manyRpcs = (count: number): string => `syntax = "proto3";
package big.v1;
import "google/api/annotations.proto";
message Big { string a = 1; }
service Sizes {
${list(count, (i) => `  rpc Call${i}(Big) returns (Big) { option (google.api.http) = { get: "/v1/call${i}" }; }`)}
}`;

const oneFile = (text: string): Record<string, string> => ({ "big.proto": text });

const message = (fields: string): string => `message Big {\n${fields}\n}`;

const scalars = ["string", "int32", "int64", "bool", "bytes", "double", "float", "uint64"];

/** Numbers without 19000 to 19999. */
const number = (index: number): number => (index + 1 < 19000 ? index + 1 : index + 1001);

const plain = (shape: Omit<SizeShape, "exitCode">): SizeShape => ({ ...shape, exitCode: 0 });
const wrong = (shape: Omit<SizeShape, "exitCode">): SizeShape => ({ ...shape, exitCode: 2 });

/** Everything that a .proto file can have many of, valid. */
const declarations: readonly SizeShape[] = [
  plain({
    name: "fields of a message",
    size: 4000,
    make: (size) => oneFile(api(message(list(size, (i) => `  ${scalars[i % 8]} f${i} = ${number(i)};`)))),
  }),
  plain({
    name: "repeated fields",
    size: 2000,
    make: (size) => oneFile(api(message(list(size, (i) => `  repeated ${scalars[i % 8]} f${i} = ${number(i)};`)))),
  }),
  plain({
    name: "optional fields",
    size: 2000,
    make: (size) => oneFile(api(message(list(size, (i) => `  optional ${scalars[i % 8]} f${i} = ${number(i)};`)))),
  }),
  plain({
    name: "maps",
    size: 2000,
    make: (size) => oneFile(api(message(list(size, (i) => `  map<string, ${scalars[i % 8]}> f${i} = ${number(i)};`)))),
  }),
  plain({
    name: "oneofs",
    size: 1500,
    make: (size) =>
      oneFile(
        api(
          message(
            list(size, (i) => `  oneof o${i} { string a${i} = ${number(2 * i)}; int32 b${i} = ${number(2 * i + 1)}; }`),
          ),
        ),
      ),
  }),
  plain({
    name: "members of a oneof",
    size: 2000,
    make: (size) =>
      oneFile(api(message(`oneof all {\n${list(size, (i) => `  ${scalars[i % 8]} f${i} = ${number(i)};`)}\n}`))),
  }),
  plain({
    name: "oneofs of grpc-js objects",
    size: 1500,
    flags: ["--messages", "proto-loader"],
    make: (size) =>
      oneFile(
        api(
          message(
            list(size, (i) => `  oneof o${i} { string a${i} = ${number(2 * i)}; int32 b${i} = ${number(2 * i + 1)}; }`),
          ),
        ),
      ),
  }),
  plain({
    name: "members of a oneof of grpc-js objects",
    size: 400,
    flags: ["--messages", "proto-loader"],
    make: (size) =>
      oneFile(api(message(`oneof all {\n${list(size, (i) => `  ${scalars[i % 8]} f${i} = ${number(i)};`)}\n}`))),
  }),
  plain({
    name: "a chain of messages",
    size: 4000,
    make: (size) =>
      oneFile(
        api(`${message("  M0 first = 1;")}\n${list(size, (i) => `message M${i} { M${i + 1} next = 1; string s = 2; }`)}
message M${size} { string end = 1; }`),
      ),
  }),
  plain({
    name: "a chain of lists of messages",
    size: 4000,
    make: (size) =>
      oneFile(
        api(`${message("  M0 first = 1;")}\n${list(size, (i) => `message M${i} { repeated M${i + 1} next = 1; }`)}
message M${size} { string end = 1; }`),
      ),
  }),
  plain({
    name: "a chain of messages in a PATCH",
    size: 4000,
    make: (size) =>
      oneFile(
        `${api(`message Big { string s = 1; M0 m = 2; google.protobuf.FieldMask mask = 3; }
${list(size, (i) => `message M${i} { M${i + 1} next = 1; string s = 2; }`)}
message M${size} { string end = 1; }`).replace('post: "/v1/call" body: "*"', 'patch: "/v1/call" body: "m"')}
import "google/protobuf/field_mask.proto";`,
      ),
  }),
  plain({
    name: "messages",
    size: 8000,
    make: (size) =>
      oneFile(api(`${message("  string a = 1;")}\n${list(size, (i) => `message M${i} { string s = 2; }`)}`)),
  }),
  plain({
    name: "messages in a message",
    size: 4000,
    make: (size) =>
      oneFile(api(message(list(size, (i) => `  message M${i} { string s = 1; }\n  M${i} m${i} = ${number(i)};`)))),
  }),
  plain({
    name: "enum values",
    size: 10_000,
    make: (size) => oneFile(api(`${message("  E e = 1;")}\nenum E {\n${list(size, (i) => `  V${i} = ${i};`)}\n}`)),
  }),
  plain({
    name: "reserved numbers",
    size: 8000,
    make: (size) =>
      oneFile(
        api(
          message(
            `  reserved ${list(size, (i) => String(2 * i + 1_000_000), ", ")};\n${list(size / 8, (i) => `  string f${i} = ${number(i)};`)}`,
          ),
        ),
      ),
  }),
  plain({
    name: "reserved names",
    size: 8000,
    make: (size) => oneFile(api(message(`  reserved ${list(size, (i) => `"r${i}"`, ", ")};\n  string f = 1;`))),
  }),
  plain({
    name: "reserved numbers of an enum",
    size: 4000,
    make: (size) =>
      oneFile(
        api(
          `${message("  E e = 1;")}\nenum E {\n  reserved ${list(size, (i) => String(-2 * i - 1), ", ")};\n${list(size, (i) => `  V${i} = ${i};`)}\n}`,
        ),
      ),
  }),
  plain({
    name: "extension ranges with an extension each",
    size: 2000,
    make: (size) =>
      oneFile(
        api(
          `message Big {\n  optional string s = 1;\n${list(size, (i) => `  extensions ${i * 10 + 20000} to ${i * 10 + 20004};`)}\n}
extend Big {\n${list(size, (i) => `  optional string e${i} = ${i * 10 + 20000};`)}\n}`,
          "proto2",
        ),
      ),
  }),
  plain({
    name: "RPCs",
    size: 400,
    make: (size) => oneFile(manyRpcs(size)),
  }),
  plain({
    name: "RPCs in one function",
    size: 800,
    flags: ["--functions", "single"],
    make: (size) => oneFile(manyRpcs(size)),
  }),
  plain({
    name: "RPCs with a variable each",
    size: 300,
    flags: ["--functions", "single"],
    make: (size) =>
      oneFile(`syntax = "proto3";\npackage big.v1;\nimport "google/api/annotations.proto";
message Big { string a = 1; }\nservice Sizes {\n${list(size, (i) => `  rpc Call${i}(Big) returns (Big) { option (google.api.http) = { get: "/v1/{a=things${i}/*}:do${i}" }; }`)}\n}`),
  }),
  plain({
    name: "RPCs behind a REST API",
    size: 200,
    flags: ["--front-door", "rest-api"],
    make: (size) => oneFile(manyRpcs(size)),
  }),
  plain({
    name: "services",
    size: 400,
    make: (size) =>
      oneFile(`syntax = "proto3";\npackage big.v1;\nimport "google/api/annotations.proto";
message Big { string a = 1; }\n${list(size, (i) => `service Sizes${i} { rpc Call(Big) returns (Big) { option (google.api.http) = { get: "/v1/call${i}" }; } }`)}`),
  }),
  plain({
    name: "additional bindings",
    size: 400,
    make: (size) =>
      oneFile(`syntax = "proto3";\npackage big.v1;\nimport "google/api/annotations.proto";
message Big { string a = 1; }
service Sizes { rpc Call(Big) returns (Big) { option (google.api.http) = { get: "/v1/call" ${list(size, (i) => `additional_bindings { get: "/v1/call${i}" }`)} }; } }`),
  }),
  plain({
    name: "segments of a path",
    size: 400,
    flags: ["--front-door", "function-url"],
    make: (size) =>
      oneFile(
        api(message("  string a = 1;")).replace(
          'get: "/v1/ask"',
          `get: "/v1${"/s".repeat(size)}/{a}" additional_bindings { get: "/v1${"/*".repeat(size)}/{a=**}" }`,
        ),
      ),
  }),
  plain({
    name: "import of a file each",
    size: 1000,
    protos: ["big.proto"],
    make: (size) => ({
      "big.proto": `${api(message(list(size, (i) => `  M${i} m${i} = ${number(i)};`)))}\n${list(size, (i) => `import "f${i}.proto";`)}`,
      ...Object.fromEntries(
        Array.from({ length: size }, (_, i) => [
          `f${i}.proto`,
          `syntax = "proto3";\npackage big.v1;\nmessage M${i} { string s = 1; }\n`,
        ]),
      ),
    }),
  }),
  plain({
    name: "a chain of imports",
    size: 1000,
    protos: ["big.proto"],
    make: (size) => ({
      "big.proto": `${api(message("  string s = 1;"))}import "f0.proto";\n`,
      ...Object.fromEntries(
        Array.from({ length: size }, (_, i) => [
          `f${i}.proto`,
          `syntax = "proto3";\npackage big.v1;\n${i + 1 < size ? `import "f${i + 1}.proto";\n` : ""}message M${i} { string s = 1; }\n`,
        ]),
      ),
    }),
  }),
  plain({
    name: "a chain of public imports",
    size: 500,
    protos: ["big.proto"],
    make: (size) => ({
      "big.proto": `${api(message("  M3 s = 1;"))}import "f0.proto";\n`,
      ...Object.fromEntries(
        Array.from({ length: size }, (_, i) => [
          `f${i}.proto`,
          `syntax = "proto3";\npackage big.v1;\n${i + 1 < size ? `import public "f${i + 1}.proto";\n` : ""}message M${i} { string s = 1; }\n`,
        ]),
      ),
    }),
  }),
  plain({
    name: "files",
    size: 1000,
    make: (size) =>
      Object.fromEntries([
        ["big.proto", api(message("  string s = 1;"))],
        ...Array.from({ length: size }, (_, i) => [
          `f${i}.proto`,
          `syntax = "proto3";\npackage big.v1;\nmessage M${i} { string s = 1; }\n`,
        ]),
      ]),
  }),
  plain({
    name: "fields of a custom option",
    size: 2000,
    make: (size) =>
      oneFile(
        `${api(`${message(`  option (opt) = {\n${list(size, (i) => `    f${i}: "x"`)}\n  };\n  string s = 1;`)}
message Opt {\n${list(size, (i) => `  string f${i} = ${number(i)};`)}\n}
extend google.protobuf.MessageOptions { Opt opt = 50000; }`)}import "google/protobuf/descriptor.proto";`,
      ),
  }),
  plain({
    name: "items of a custom option",
    size: 10_000,
    make: (size) =>
      oneFile(
        `${api(`${message(`  option (opt) = { all: [${list(size, () => '"x"', ", ")}] };\n  string s = 1;`)}
message Opt { repeated string all = 1; }
extend google.protobuf.MessageOptions { Opt opt = 50000; }`)}import "google/protobuf/descriptor.proto";`,
      ),
  }),
  plain({
    name: "custom options",
    size: 1000,
    make: (size) =>
      oneFile(
        `${api(`${message(`${list(size, (i) => `  option (opt).f${i} = "x";`)}\n  string s = 1;`)}
message Opt {\n${list(size, (i) => `  string f${i} = ${number(i)};`)}\n}
extend google.protobuf.MessageOptions { Opt opt = 50000; }`)}import "google/protobuf/descriptor.proto";`,
      ),
  }),
  plain({
    name: "adjacent strings",
    size: 20_000,
    make: (size) =>
      oneFile(api(message("  string s = 1;")).replace('"/v1/call"', `"/v1/call" ${list(size, () => '""')}`)),
  }),
];

/** What stands between the tokens. */
const blanks: readonly SizeShape[] = [
  plain({
    name: "lines of a block comment",
    size: 50_000,
    make: (size) => oneFile(api(`/**\n${list(size, () => " * words")}\n */\n${message("  string s = 1;")}`)),
  }),
  plain({
    name: "stars in a block comment",
    size: 50_000,
    make: (size) => oneFile(api(`/*${list(size, () => "\n *", "")}\n */\n${message("  string s = 1;")}`)),
  }),
  plain({
    name: "spaces in a block comment",
    size: 500_000,
    make: (size) => oneFile(api(`/*\n${" ".repeat(size)}x${"\t".repeat(size)}*/\n${message("  string s = 1;")}`)),
  }),
  plain({
    name: "lines of comment",
    size: 50_000,
    make: (size) => oneFile(api(`${list(size, () => "// words @here */ */")}\n${message("  string s = 1;")}`)),
  }),
  plain({
    name: "comments that lead nothing",
    size: 50_000,
    make: (size) => oneFile(api(`${list(size, () => "// words\n")}\n${message("  string s = 1;")}`)),
  }),
  plain({
    name: "empty statements",
    size: 200_000,
    make: (size) => oneFile(api(`${";".repeat(size)}\n${message(`${";".repeat(size)}  string s = 1;`)}`)),
  }),
  plain({
    name: "characters of a comment",
    size: 1_000_000,
    make: (size) => oneFile(api(`// ${"x ".repeat(size)}\n${message("  string s = 1;")}`)),
  }),
];

/** What is wrong many times. */
const mistakes: readonly SizeShape[] = [
  wrong({
    name: "unknown types",
    size: 1500,
    make: (size) =>
      oneFile(
        api(
          `${message(list(size, (i) => `  Mesage${i} f${i} = ${number(i)};`))}\n${list(size, (i) => `message Message${i} {}`)}`,
        ),
      ),
  }),
  wrong({
    name: "unknown fields of an option",
    size: 1500,
    make: (size) =>
      oneFile(
        `${api(`${message(`  option (opt) = {\n${list(size, (i) => `    feld${i}: "x"`)}\n  };\n  string s = 1;`)}
message Opt {\n${list(size, (i) => `  string field${i} = ${number(i)};`)}\n}
extend google.protobuf.MessageOptions { Opt opt = 50000; }`)}import "google/protobuf/descriptor.proto";`,
      ),
  }),
  wrong({
    name: "values that an enum does not have",
    size: 1500,
    make: (size) =>
      oneFile(
        `${api(`${message(list(size, (i) => `  E f${i} = ${number(i)} [(opt) = VALU${i}];`))}
enum E {\n${list(size, (i) => `  VALUE${i} = ${i};`)}\n}
extend google.protobuf.FieldOptions { E opt = 50000; }`)}import "google/protobuf/descriptor.proto";`,
      ),
  }),
  wrong({
    name: "fields with one number",
    size: 1500,
    make: (size) => oneFile(api(message(list(size, (i) => `  string f${i} = ${1 + (i >> 1)};`)))),
  }),
  wrong({
    name: "messages of one name",
    size: 5000,
    make: (size) => oneFile(api(`${message("")}\n${list(size, () => "message Same { string s = 1; }")}`)),
  }),
  wrong({
    name: "reserved ranges that overlap",
    size: 2000,
    make: (size) => oneFile(api(message(list(size, (i) => `  reserved ${i + 1} to ${i + 10};`)))),
  }),
  wrong({
    name: "imports that are not there",
    size: 500,
    protos: ["big.proto"],
    make: (size) => ({
      "big.proto": `${api(message("  string s = 1;"))}\n${list(size, (i) => `import "fle${i}.proto";`)}`,
      ...Object.fromEntries(Array.from({ length: size }, (_, i) => [`file${i}.proto`, 'syntax = "proto3";\n'])),
    }),
  }),
  wrong({
    name: "syntax errors",
    size: 20_000,
    make: (size) => oneFile(api(message(list(size, () => "  string = 1;")))),
  }),
  wrong({
    name: "characters that no token has",
    size: 100_000,
    make: (size) => oneFile(api(message(`  string s = 1; ${list(size, () => "é", " ")}`))),
  }),
  wrong({
    name: "brackets that nobody closes",
    size: 100_000,
    make: (size) => oneFile(api(message("{".repeat(size)))),
  }),
  wrong({
    name: "brackets of an option",
    size: 200_000,
    make: (size) => oneFile(api(message(`option (x) = ${"{a:".repeat(size)}`))),
  }),
  wrong({
    name: "bindings inside one another",
    size: 100_000,
    make: (size) =>
      oneFile(api(message("string s = 1;")).replace('post: "/v1/call"', "additional_bindings {".repeat(size))),
  }),
  wrong({
    name: "parts of a package name",
    size: 10_000,
    make: (size) =>
      oneFile(api(message("  string s = 1;")).replace("package big.v1", `package ${list(size, (i) => `p${i}`, ".")}`)),
  }),
  wrong({
    name: "parts of a type name",
    size: 10_000,
    make: (size) => oneFile(api(message(`  ${list(size, (i) => `p${i}`, ".")} s = 1;`))),
  }),
  wrong({
    name: "parts of the name of an option",
    size: 10_000,
    make: (size) => oneFile(api(message(`  option ${list(size, (i) => `p${i}`, ".")} = 1;`))),
  }),
  wrong({
    name: "files in a cycle of imports",
    size: 300,
    protos: ["big.proto"],
    make: (size) => ({
      "big.proto": `${api(message("  string s = 1;"))}import "f0.proto";\n`,
      ...Object.fromEntries(
        Array.from({ length: size }, (_, i) => [
          `f${i}.proto`,
          `syntax = "proto3";\nimport "big.proto";\n${i + 1 < size ? `import "f${i + 1}.proto";\n` : ""}`,
        ]),
      ),
    }),
  }),
  wrong({
    name: "RPCs with one route",
    size: 1000,
    make: (size) =>
      oneFile(`syntax = "proto3";\npackage big.v1;\nimport "google/api/annotations.proto";
message Big { string a = 1; }\nservice Sizes {\n${list(size, (i) => `  rpc Call${i}(Big) returns (Big) { option (google.api.http) = { get: "/v1/call" }; }`)}\n}`),
  }),
  wrong({
    name: "rules for fields that are not there",
    size: 1000,
    make: (size) =>
      oneFile(`syntax = "proto3";\npackage big.v1;\nimport "google/api/annotations.proto";
message Big {\n${list(size, (i) => `string field${i} = ${number(i)};`)} }\nservice Sizes {\n${list(size, (i) => `  rpc Call${i}(Big) returns (Big) { option (google.api.http) = { get: "/v1/call${i}/{feld${i}}" }; }`)}\n}`),
  }),
];

const tiny = { "big.proto": api(message("  string s = 1;")) };

const config = (text: string): Record<string, string> => ({ ...tiny, "grpc2lambda.yaml": text });
const serviceConfig = (text: string): Record<string, string> => ({ ...tiny, "service.yaml": text });
const withService = ["--service-config", "service.yaml"];

/** Configurations. */
const yaml: readonly SizeShape[] = [
  wrong({ name: "maps in maps (configuration)", size: 16_000, make: (size) => config(`x: ${"{a: ".repeat(size)}`) }),
  wrong({ name: "lists in lists (configuration)", size: 16_000, make: (size) => config(`x: ${"[".repeat(size)}`) }),
  wrong({ name: "explicit keys (configuration)", size: 200, make: (size) => config("? ".repeat(size)) }),
  wrong({ name: "items in items (configuration)", size: 16_000, make: (size) => config("- ".repeat(size)) }),
  wrong({
    name: "deep indentation (configuration)",
    size: 500,
    make: (size) => config(list(size, (i) => `${" ".repeat(i)}a:`)),
  }),
  wrong({
    name: "unknown keys (configuration)",
    size: 4000,
    make: (size) => config(list(size, (i) => `protoss${i}: 1`)),
  }),
  wrong({ name: "errors (configuration)", size: 4000, make: (size) => config(list(size, () => "a: b: c")) }),
  wrong({ name: "tabs (configuration)", size: 50_000, make: (size) => config(`a:\n${"\t".repeat(size)}`) }),
  wrong({ name: "quotes (configuration)", size: 50_000, make: (size) => config(`'"`.repeat(size)) }),
  wrong({
    name: "anchors (configuration)",
    size: 4000,
    make: (size) => config(`a: &a\n${list(size, (i) => `b${i}: *a`)}`),
  }),
  wrong({ name: "documents (configuration)", size: 10_000, make: (size) => config("---\n".repeat(size)) }),
  wrong({
    name: "maps in maps (service)",
    size: 16_000,
    flags: withService,
    make: (size) => serviceConfig(`x: ${"{a: ".repeat(size)}`),
  }),
  wrong({
    name: "explicit keys (service)",
    size: 200,
    flags: withService,
    make: (size) => serviceConfig("? ".repeat(size)),
  }),
  wrong({
    name: "lists in lists (service)",
    size: 16_000,
    flags: withService,
    make: (size) => serviceConfig(`http: {rules: ${"[".repeat(size)}`),
  }),
  wrong({
    name: "rules for RPCs that are not there (service)",
    size: 1000,
    flags: withService,
    make: (size) =>
      serviceConfig(`http:\n  rules:\n${list(size, (i) => `  - selector: big.v1.Sizes.Cal${i}\n    get: /v1/x${i}`)}`),
  }),
  plain({
    name: "sections of others (service)",
    size: 10_000,
    flags: withService,
    make: (size) =>
      serviceConfig(
        `http:\n  rules:\n  - selector: big.v1.Sizes.Ask\n    get: /v1/x\nother:\n${list(size, (i) => `  key${i}: value`)}`,
      ),
  }),
  plain({
    name: "skipped RPCs (configuration)",
    size: 1000,
    make: (size) => ({
      "big.proto": `${api(message("  string s = 1;"))}service More {\n${list(size, (i) => `  rpc Call${i}(Big) returns (Big);`)}\n}`,
      "grpc2lambda.yaml": `skip:\n${list(size, (i) => `  - big.v1.More.Call${i}`)}`,
    }),
  }),
];

/** All of them. */
export const sizeShapes: readonly SizeShape[] = [...declarations, ...blanks, ...mistakes, ...yaml];
