/** What is wrong many times. */
import { api, list, message, number, oneFile, type SizeShape, wrong } from "./shape.js";

/** What is wrong many times. */
export const mistakes: readonly SizeShape[] = [
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
      "big.proto": `${api(message("  string s = 1;\n  Missing missing = 2;"))}\n${list(size, (i) => `import "fle${i}.proto";`)}`,
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
