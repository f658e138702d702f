/** Everything that a .proto file can have many of, valid. */
import { api, list, manyRpcs, message, number, oneFile, plain, type SizeShape, scalars } from "./shape.js";

/** Everything that a .proto file can have many of, valid. */
export const declarations: readonly SizeShape[] = [
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
    // Four times as many are within the megabyte of a template.
    size: 400,
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
    // A function of each would be more than any stack holds.
    flags: ["--functions", "single"],
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
