/** Small files that are right or wrong in one way each; whether they are is for the compilers to say. */

/** One form: a file without its syntax and package. */
export interface ValidityForm {
  readonly name: string;
  readonly edition: "proto2" | "proto3" | "2023" | "2024" | "2026";
  /** `PKG` stands for the package of the form. */
  readonly text: string;
}

const collected: ValidityForm[] = [];

function add(edition: ValidityForm["edition"], list: readonly (readonly [string, string])[]): void {
  for (const [name, text] of list) collected.push({ name: `${edition}: ${name}`, edition, text });
}

const http =
  'import "google/api/annotations.proto"; message Q { string id = 1; string user_id = 2; Q q = 3; } message R {}';
const rpc = (options: string): string => `${http} service S { rpc M(Q) returns (R) { ${options} } }`;
const opts = 'import "opts.proto";';

// Types named like keywords.
add("proto3", [
  ["type named like a keyword", "message message { string message = 1; } message M { message message = 1; }"],
  [
    "type named like a keyword, in full",
    "message message { string message = 1; } message M { .PKG.message message = 1; }",
  ],
]);

// Options of RPCs.
add("proto3", [
  ["aggregate", rpc('option (google.api.http) = { get: "/v1/x" };')],
  [
    "aggregate without colon before a message",
    rpc('option (google.api.http) = { get: "/v1/x" additional_bindings { post: "/v1/y" body: "*" } };'),
  ],
  [
    "aggregate with colon before a message",
    rpc('option (google.api.http) = { get: "/v1/x" additional_bindings: { post: "/v1/y" } };'),
  ],
  ["angle brackets inside", rpc('option (google.api.http) = { get: "/v1/x" additional_bindings < post: "/v1/y" > };')],
  [
    "list of bindings",
    rpc('option (google.api.http) = { get: "/v1/x" additional_bindings: [ { post: "/a" }, { put: "/b" } ] };'),
  ],
  ["empty list", rpc('option (google.api.http) = { get: "/v1/x" additional_bindings: [] };')],
  ["commas between fields", rpc('option (google.api.http) = { get: "/v1/x", body: "*", };')],
  ["semicolons between fields", rpc('option (google.api.http) = { post: "/v1/x"; body: "*"; };')],
  ["dotted", rpc('option (google.api.http).get = "/v1/x";')],
  ["dotted twice", rpc('option (google.api.http).post = "/v1/x"; option (google.api.http).body = "*";')],
  [
    "dotted into custom",
    rpc('option (google.api.http).custom.kind = "HEAD"; option (google.api.http).custom.path = "/x";'),
  ],
  ["custom", rpc('option (google.api.http) = { custom: { kind: "HEAD" path: "/v1/x" } };')],
  ["leading dot", rpc('option (.google.api.http) = { get: "/v1/x" };')],
  ["comment in the name", rpc('option (google./* here */api.http) = { get: "/v1/x" };')],
  ["white space in the name", rpc('option ( google . api . http ) . get = "/v1/x";')],
  ["adjacent strings", rpc('option (google.api.http) = { get: "/v1" "/x" };')],
  ["single quotes", rpc("option (google.api.http) = { get: '/v1/x' };")],
  ["escapes", rpc('option (google.api.http) = { get: "/v1/\\u00e9\\303\\251\\xc3\\xa9\\U0001F600" };')],
  ["empty rule", rpc("option (google.api.http) = { };")],
  ["empty body", rpc('option (google.api.http) = { get: "/x" body: "" };')],
  [
    "aggregate, then dotted into it",
    rpc('option (google.api.http) = { get: "/x" }; option (google.api.http).body = "*";'),
  ],
  ["dotted, then aggregate", rpc('option (google.api.http).body = "*"; option (google.api.http) = { get: "/x" };')],
  ["twice", rpc('option (google.api.http) = { get: "/x" }; option (google.api.http) = { get: "/y" };')],
  ["get and post", rpc('option (google.api.http) = { get: "/x" post: "/y" };')],
  ["get and post, dotted", rpc('option (google.api.http).get = "/x"; option (google.api.http).post = "/y";')],
  ["get and custom", rpc('option (google.api.http) = { get: "/x" custom { kind: "A" path: "/" } };')],
  ["get twice", rpc('option (google.api.http) = { get: "/x" get: "/y" };')],
  ["dotted get twice", rpc('option (google.api.http).get = "/x"; option (google.api.http).get = "/y";')],
  ["typo in a field", rpc('option (google.api.http) = { gett: "/x" };')],
  ["typo in a dotted field", rpc('option (google.api.http).gett = "/x";')],
  ["typo in the option", rpc('option (google.api.htp) = { get: "/x" };')],
  ["number for a string", rpc("option (google.api.http) = { get: 1 };")],
  ["word for a string", rpc("option (google.api.http) = { get: foo };")],
  ["string for a message", rpc('option (google.api.http) = "/x";')],
  ["message for a string", rpc("option (google.api.http) = { get { a: 1 } };")],
  ["list for one value", rpc('option (google.api.http) = { get: ["/x"] };')],
  ["list of two for one value", rpc('option (google.api.http) = { get: ["/x", "/y"] };')],
  ["scalar where a binding belongs", rpc('option (google.api.http) = { get: "/x" additional_bindings: "/y" };')],
  ["field in a scalar", rpc('option (google.api.http).get.x = "/x";')],
  ["dotted into a repeated field", rpc('option (google.api.http).additional_bindings.get = "/x";')],
  [
    "repeated message as an option",
    rpc(
      'option (google.api.http).additional_bindings = { get: "/x" }; option (google.api.http).additional_bindings = { get: "/y" };',
    ),
  ],
  ["without parentheses", rpc('option google.api.http = { get: "/x" };')],
  ["not imported", 'message R {} service S { rpc M(R) returns (R) { option (google.api.http) = { get: "/x" }; } }'],
  ["on a message", 'import "google/api/annotations.proto"; message R { option (google.api.http) = { get: "/x" }; }'],
  ["deprecated", rpc("option deprecated = true;")],
  ["deprecated twice", rpc("option deprecated = true; option deprecated = true;")],
  ["deprecated with a number", rpc("option deprecated = 1;")],
  ["deprecated with a string", rpc('option deprecated = "true";')],
  ["deprecated with another word", rpc("option deprecated = yes;")],
  ["deprecated in parentheses", rpc("option (deprecated) = true;")],
  ["unknown standard option", rpc("option depricated = true;")],
  ["idempotency level", rpc("option idempotency_level = NO_SIDE_EFFECTS;")],
  ["unknown idempotency level", rpc("option idempotency_level = NO_SIDE_EFECTS;")],
  ["enum by number", rpc("option idempotency_level = 1;")],
  ["enum by string", rpc('option idempotency_level = "IDEMPOTENT";')],
  ["uninterpreted_option", rpc("option uninterpreted_option = { };")],
]);

// Custom options of every type.
const custom = (value: string): string => `${opts} message M { option (opts.all) = { ${value} }; }`;
add("proto3", [
  ["int32", custom("i32: -2147483648")],
  ["int32 too large", custom("i32: 2147483648")],
  ["int32 hex", custom("i32: 0x7fffffff")],
  ["int32 octal", custom("i32: 017")],
  ["int32 as float", custom("i32: 1.0")],
  ["int32 as exponent", custom("i32: 1e2")],
  ["int32 as string", custom('i32: "1"')],
  ["uint32 negative", custom("u32: -1")],
  ["uint32 largest", custom("u32: 4294967295")],
  ["uint64 largest", custom("u64: 18446744073709551615")],
  ["uint64 too large", custom("u64: 18446744073709551616")],
  ["int64 smallest", custom("i64: -9223372036854775808")],
  ["double integer", custom("d: 5")],
  ["double exponent", custom("d: -1.5e10")],
  ["double inf", custom("d: inf")],
  ["double -inf", custom("d: -inf")],
  ["double nan", custom("d: nan")],
  ["double infinity", custom("d: infinity")],
  ["double Inf", custom("d: Inf")],
  ["double f suffix", custom("d: 1.5f")],
  ["double word", custom("d: foo")],
  ["double string", custom('d: "1"')],
  ["bool true", custom("b: true")],
  ["bool t", custom("b: t")],
  ["bool True", custom("b: True")],
  ["bool TRUE", custom("b: TRUE")],
  ["bool 1", custom("b: 1")],
  ["bool 2", custom("b: 2")],
  ["enum name", custom("e: ON")],
  ["enum number", custom("e: 1")],
  ["enum unknown number", custom("e: 7")],
  ["enum unknown name", custom("e: ONN")],
  ["enum string", custom('e: "ON"')],
  ["bytes", custom('y: "\\377\\x00"')],
  ["repeated by repetition", custom("r: 1 r: 2")],
  ["repeated by list", custom("r: [1, 2]")],
  ["repeated wrong member", custom('r: [1, "2"]')],
  ["map", custom('m: { key: "a" value: 1 } m { key: "b" value: 2 }')],
  ["map with another field", custom('m: { key: "a" valeu: 1 }')],
  ["map key of the wrong type", custom("m: { key: 1 value: 1 }")],
  ["nested", custom("n: { n: { i32: 1 } }")],
  ["oneof", custom("o1: 1 o2: 2")],
  ["group by its name", custom("Grp { g: 1 }")],
  ["group by its field", custom("grp { g: 1 }")],
  ["extension in a literal", custom("[opts.more]: 1")],
  ["extension in a literal, relative", 'import "opts.proto"; message M { option (opts.all) = { [more]: 1 }; }'],
  ["unknown extension in a literal", custom("[opts.mroe]: 1")],
  ["extension of another message in a literal", custom("[opts.all]: { i32: 1 }")],
  ["any", custom("any: { [type.googleapis.com/opts.All] { i32: 1 } }")],
  ["any of an unknown message", custom("any: { [type.googleapis.com/opts.Alll] { i32: 1 } }")],
  ["any with a wrong field", custom("any: { [type.googleapis.com/opts.All] { i23: 1 } }")],
  ["any form in another message", custom("[type.googleapis.com/opts.All] { i32: 1 }")],
  ["required missing", `${opts} message M { option (opts.req) = { b: 1 }; }`],
  ["required given", `${opts} message M { option (opts.req) = { a: 1 }; }`],
  ["dotted extension", `${opts} message M { option (opts.all).(opts.more) = 1; }`],
  ["dotted extension of another message", `${opts} message M { option (opts.all).(opts.req) = { a: 1 }; }`],
  ["repeated option given twice", `${opts} message M { option (opts.many) = 1; option (opts.many) = 2; }`],
  ["option by the wrong holder", `${opts} message M { string a = 1 [(opts.all) = { i32: 1 }]; }`],
  ["option with targets on the right holder", `${opts} message M { option (opts.targeted) = 1; }`],
  ["option with targets on the wrong holder", `${opts} message M { option (opts.targeted_wrong) = 1; }`],
  [
    "option defined in the same file",
    'import "google/protobuf/descriptor.proto"; extend google.protobuf.MessageOptions { string own = 50777; } message M { option (own) = "a"; }',
  ],
  [
    "option defined in the same message",
    'import "google/protobuf/descriptor.proto"; message M { extend google.protobuf.MessageOptions { string own = 50778; } option (own) = "a"; }',
  ],
  ["option of enum values", `${opts} enum E { A = 0 [(opts.on_value) = "x"]; B = 1 [deprecated = true]; }`],
  ["option of oneofs", `${opts} message M { oneof o { option (opts.on_oneof) = "x"; string a = 1; } }`],
  ["option of a service", `${opts} service S { option (opts.on_service) = "x"; }`],
  ["unknown option of a file", 'option java_pakage = "x";'],
  ["option of a file", 'option java_package = "x"; option optimize_for = SPEED;'],
  ["wrong enum of a file", "option optimize_for = FAST;"],
  ["features in proto3", "option features.field_presence = EXPLICIT;"],
]);

// Names.
add("proto3", [
  ["innermost type first", "message A { message B {} B b = 1; } message B {}"],
  [
    "type of an inner message from outside",
    "message L { message Meta { enum State { A = 0; } State s = 1; } State state = 1; } enum State { B = 0; }",
  ],
  ["inner type without path", "message A { message B {} } message C { B b = 1; }"],
  ["inner type with path", "message A { message B {} } message C { A.B b = 1; }"],
  ["first component decides", "message A { message B {} } message C { message A {} A.B b = 1; }"],
  ["first component is a field", "message A { message B {} } message C { int32 A = 1; A.B b = 2; }"],
  ["type with a leading dot", "message A {} message B { .PKG.A a = 1; }"],
  ["leading dot without package", "message A {} message B { .A a = 1; }"],
  ["unknown type", "message A { Foo f = 1; }"],
  ["package part as scope", "message A {} message B { PKG.A a = 1; }"],
  ["type from a public import", 'import "public.proto"; message A { shared.Hidden h = 1; }'],
  ["type from an import of an import", 'import "plain.proto"; message A { shared.Hidden h = 1; }'],
  ["missing import", "message A { google.protobuf.Timestamp t = 1; }"],
  ["service as a type", "service S {} message A { S s = 1; }"],
  ["rpc of an enum", "enum E { A = 0; } message R {} service S { rpc M(E) returns (R); }"],
  ["rpc of a scalar name", "message R {} service S { rpc M(string) returns (R); }"],
  ["rpc named as its request", "message M {} service S { rpc M(M) returns (M); }"],
  ["rpc twice", "message R {} service S { rpc M(R) returns (R); rpc M(R) returns (R); }"],
  ["field twice", "message A { string a = 1; string a = 2; }"],
  ["message twice", "message A {} message A {}"],
  ["message and enum", "message A {} enum A { X = 0; }"],
  ["field and nested message", "message A { message b {} string b = 1; }"],
  ["field and oneof", "message A { oneof a { string a = 1; } }"],
  ["two oneofs of a name", "message A { oneof o { string a = 1; } oneof o { string b = 2; } }"],
  ["enum values clash across enums", "enum A { X = 0; } enum B { X = 0; }"],
  ["enum values clash across nested enums", "message M { enum A { X = 0; } enum B { X = 0; } }"],
  ["enum value and message", "message X {} enum A { X = 0; }"],
  ["enum values without prefix", "enum Color { COLOR_RED = 0; RED = 1; }"],
  ["enum values differ in case", "enum Color { RED = 0; red = 1; }"],
  ["enum values differ in underscores", "enum Color { RED_ONE = 0; REDONE = 1; }"],
  ["enum values differ in word breaks", "enum Color { RED_ONE = 0; RED__ONE = 1; }"],
  ["message with the name of the package", "message PKGX {}"],
  ["map entry name taken", "message A { map<string, string> tags = 1; message TagsEntry {} }"],
  ["map entries of one name", "message A { map<string, string> a_b = 1; map<string, string> aB = 2; }"],
  ["own file imported", 'import "SELF";'],
]);

// JSON names.
add("proto3", [
  ["json names clash", "message A { string foo_bar = 1; string fooBar = 2; }"],
  ["custom json name clashes with a derived one", 'message A { string a = 1; string b = 2 [json_name = "a"]; }'],
  ["custom json names clash", 'message A { string a = 1 [json_name = "x"]; string b = 2 [json_name = "x"]; }'],
  [
    "derived names clash in spite of a custom one",
    'message A { string foo_bar = 1 [json_name = "x"]; string fooBar = 2; }',
  ],
  ["json name in brackets", 'message A { string a = 1 [json_name = "[a]"]; }'],
  ["json name empty", 'message A { string a = 1 [json_name = ""]; }'],
  ["json name twice", 'message A { string a = 1 [json_name = "a", json_name = "b"]; }'],
  ["json name as number", "message A { string a = 1 [json_name = 1]; }"],
  ["json name that is not UTF-8", 'message A { string a = 1 [json_name = "a\\xff"]; }'],
  ["json name with escaped UTF-8", 'message A { string a = 1 [json_name = "\\303\\274\\ufffd\\xef\\xbf\\xbd"]; }'],
  ["json name with NUL", 'message A { string a = 1 [json_name = "a\\0"]; }'],
  ["json names differ in case only", "message A { string foo = 1; string FOO = 2; }"],
  [
    "conflicts allowed",
    "message A { option deprecated_legacy_json_field_conflicts = true; string foo_bar = 1; string fooBar = 2; }",
  ],
]);
add("proto2", [
  ["json names clash", "message A { optional string foo_bar = 1; optional string fooBar = 2; }"],
  [
    "custom json names clash",
    'message A { optional string a = 1 [json_name = "x"]; optional string b = 2 [json_name = "x"]; }',
  ],
  [
    "custom json name clashes with a derived one",
    'message A { optional string a = 1; optional string b = 2 [json_name = "a"]; }',
  ],
]);

// Numbers, ranges, labels, types.
add("proto3", [
  ["field number 0", "message A { string a = 0; }"],
  ["field number 19500", "message A { string a = 19500; }"],
  ["field number largest", "message A { string a = 536870911; }"],
  ["field number too large", "message A { string a = 536870912; }"],
  ["field number twice", "message A { string a = 1; string b = 1; }"],
  ["field number reserved", "message A { reserved 1; string a = 1; }"],
  ["field name reserved", 'message A { reserved "a"; string a = 1; }'],
  ["reserved name twice", 'message A { reserved "a", "a"; }'],
  ["reserved overlap", "message A { reserved 1 to 5, 4; }"],
  ["reserved inverted", "message A { reserved 5 to 1; }"],
  ["reserved 0", "message A { reserved 0; }"],
  ["reserved to max", "message A { reserved 5 to max; }"],
  ["reserved too large", "message A { reserved 5 to 536870912; }"],
  ["extension range", "message A { extensions 5 to 10; }"],
  ["required", "message A { required string a = 1; }"],
  ["optional", "message A { optional string a = 1; }"],
  ["group", "message A { optional group B = 1 { string c = 1; } }"],
  ["default", 'message A { string a = 1 [default = "x"]; }'],
  ["label in a oneof", "message A { oneof o { optional string a = 1; } }"],
  ["repeated in a oneof", "message A { oneof o { repeated string a = 1; } }"],
  ["map in a oneof", "message A { oneof o { map<string, string> a = 1; } }"],
  ["empty oneof", "message A { oneof o { } }"],
  ["repeated map", "message A { repeated map<string, string> a = 1; }"],
  ["map key float", "message A { map<float, string> a = 1; }"],
  ["map key bytes", "message A { map<bytes, string> a = 1; }"],
  ["map key message", "message B {} message A { map<B, string> a = 1; }"],
  ["map key enum", "enum B { X = 0; } message A { map<B, string> a = 1; }"],
  ["map key bool", "message A { map<bool, string> a = 1; }"],
  ["map value enum", "enum B { X = 0; } message A { map<string, B> a = 1; }"],
  ["map of map", "message A { map<string, map<string, string>> a = 1; }"],
  ["closed enum", 'import "closed.proto"; message A { closed.Closed c = 1; }'],
  ["closed enum, optional", 'import "closed.proto"; message A { optional closed.Closed c = 1; }'],
  ["closed enum, repeated", 'import "closed.proto"; message A { repeated closed.Closed c = 1; }'],
  ["closed enum in a oneof", 'import "closed.proto"; message A { oneof o { closed.Closed c = 1; } }'],
  ["closed enum in a map", 'import "closed.proto"; message A { map<string, closed.Closed> c = 1; }'],
  ["packed string", "message A { repeated string a = 1 [packed = true]; }"],
  ["packed string false", "message A { repeated string a = 1 [packed = false]; }"],
  ["packed singular", "message A { int32 a = 1 [packed = true]; }"],
  ["packed repeated", "message A { repeated int32 a = 1 [packed = true]; }"],
  ["packed map", "message A { map<string, string> a = 1 [packed = true]; }"],
  ["lazy scalar", "message A { string a = 1 [lazy = true]; }"],
  ["lazy message", "message A { A a = 1 [lazy = true]; }"],
  ["jstype on int64", "message A { int64 a = 1 [jstype = JS_STRING]; }"],
  ["jstype on int32", "message A { int32 a = 1 [jstype = JS_STRING]; }"],
  ["ctype on int32", "message A { int32 a = 1 [ctype = CORD]; }"],
  ["enum without zero", "enum E { A = 1; }"],
  ["enum without values", "enum E { }"],
  ["enum alias", "enum E { A = 0; B = 0; }"],
  ["enum alias allowed", "enum E { option allow_alias = true; A = 0; B = 0; }"],
  ["enum alias allowed without use", "enum E { option allow_alias = true; A = 0; B = 1; }"],
  ["enum number too large", "enum E { A = 0; B = 2147483648; }"],
  ["enum number smallest", "enum E { A = 0; B = -2147483648; }"],
  ["enum reserved number", "enum E { reserved 1; A = 0; B = 1; }"],
  ["enum reserved name", 'enum E { reserved "B"; A = 0; B = 1; }'],
  ["enum reserved overlap", "enum E { reserved 1 to 5, 5; A = 0; }"],
  ["enum reserved negative", "enum E { reserved -5 to -1; A = 0; }"],
  ["extension of a message", 'import "closed.proto"; extend closed.Open { string PKG_x = 1001; }'],
  [
    "extension of options",
    'import "google/protobuf/descriptor.proto"; extend google.protobuf.FileOptions { string x = 50901; }',
  ],
  [
    "extension of options with json_name",
    'import "google/protobuf/descriptor.proto"; extend google.protobuf.FileOptions { string x = 50902 [json_name = "y"]; }',
  ],
  ["message set", "message A { option message_set_wire_format = true; }"],
  ["map_entry by hand", "message A { option map_entry = true; string key = 1; string value = 2; }"],
]);
add("proto2", [
  ["label missing", "message A { string a = 1; }"],
  ["label missing on a group", "message A { group B = 1 { } }"],
  ["group", "message A { optional group B = 1 { optional string c = 1; } }"],
  ["group in a oneof", "message A { oneof o { group B = 1 { optional string c = 1; } } }"],
  ["group name taken", "message A { message B {} optional group B = 1 { } }"],
  ["default string", 'message A { optional string a = 1 [default = "x\\n"]; }'],
  ["default bytes", 'message A { optional bytes a = 1 [default = "\\377"]; }'],
  ["default enum", "enum E { X = 1; Y = 2; } message A { optional E a = 1 [default = Y]; }"],
  ["default enum unknown", "enum E { X = 1; Y = 2; } message A { optional E a = 1 [default = Z]; }"],
  ["default enum number", "enum E { X = 1; } message A { optional E a = 1 [default = 1]; }"],
  ["default of the wrong type", 'message A { optional int32 a = 1 [default = "1"]; }'],
  ["default out of range", "message A { optional int32 a = 1 [default = 3000000000]; }"],
  ["default on repeated", "message A { repeated int32 a = 1 [default = 1]; }"],
  ["default on a message", "message A { optional A a = 1 [default = 1]; }"],
  ["default twice", "message A { optional int32 a = 1 [default = 1, default = 2]; }"],
  ["default float inf", "message A { optional float a = 1 [default = -inf]; }"],
  ["default bool", "message A { optional bool a = 1 [default = true]; }"],
  ["default bool word", "message A { optional bool a = 1 [default = TRUE]; }"],
  ["enum first value not zero", "enum E { A = 1; }"],
  ["enum in a map, first value not zero", "enum E { A = 1; } message M { map<string, E> m = 1; }"],
  ["extension", "message A { extensions 100 to 199; } extend A { optional string x = 100; }"],
  ["extension outside the range", "message A { extensions 100 to 199; } extend A { optional string x = 200; }"],
  ["extension without range", "message A { } extend A { optional string x = 200; }"],
  [
    "extension number twice",
    "message A { extensions 100 to 199; } extend A { optional string x = 100; optional string y = 100; }",
  ],
  ["extension required", "message A { extensions 100 to 199; } extend A { required string x = 100; }"],
  ["extension map", "message A { extensions 100 to 199; } extend A { map<string, string> x = 100; }"],
  ["extension repeated", "message A { extensions 100 to 199; } extend A { repeated string x = 100; }"],
  ["extension without label", "message A { extensions 100 to 199; } extend A { string x = 100; }"],
  ["extension group", "message A { extensions 100 to 199; } extend A { optional group X = 100 { } }"],
  ["extension of an enum", "enum E { X = 0; } extend E { optional string x = 100; }"],
  ["extension of an unknown message", "extend Foo { optional string x = 100; }"],
  [
    "extension with json_name",
    'message A { extensions 100 to 199; } extend A { optional string x = 100 [json_name = "z"]; }',
  ],
  ["extension 19500", "message A { extensions 100 to max; } extend A { optional string x = 19500; }"],
  ["field in the extension range", "message A { extensions 1 to 5; optional string a = 3; }"],
  ["extension ranges overlap", "message A { extensions 1 to 5; extensions 5 to 6; }"],
  ["extension and reserved range overlap", "message A { extensions 1 to 5; reserved 4; }"],
  ["extension range 0", "message A { extensions 0 to 5; }"],
  [
    "message set",
    "message A { option message_set_wire_format = true; extensions 4 to max; } message B { extend A { optional B b = 5; } }",
  ],
  [
    "message set with a field",
    "message A { option message_set_wire_format = true; extensions 4 to max; optional string a = 1; }",
  ],
  ["message set without ranges", "message A { option message_set_wire_format = true; }"],
  [
    "message set with a scalar extension",
    "message A { option message_set_wire_format = true; extensions 4 to max; } extend A { optional string x = 5; }",
  ],
  [
    "message set with a large number",
    "message A { option message_set_wire_format = true; extensions 4 to max; } message B { extend A { optional B b = 2000000000; } }",
  ],
  ["enum of proto3", 'import "open.proto"; message A { optional open.Open a = 1; }'],
  ["weak field option", "message A { optional A a = 1 [weak = true]; }"],
  ["packed", "message A { repeated int32 a = 1 [packed = true]; }"],
  ["features", "option features.field_presence = EXPLICIT;"],
  ["enum values differ in case", "enum Color { RED = 0; red = 1; }"],
]);
add("2023", [
  ["optional", "message A { optional string a = 1; }"],
  ["required", "message A { required string a = 1; }"],
  ["group", "message A { group B = 1 { } }"],
  ["default", 'message A { string a = 1 [default = "x"]; }'],
  ["default without presence", 'message A { string a = 1 [default = "x", features.field_presence = IMPLICIT]; }'],
  [
    "default in a file without presence",
    'option features.field_presence = IMPLICIT; message A { string a = 1 [default = "x"]; }',
  ],
  ["closed enum", "enum E { option features.enum_type = CLOSED; A = 1; }"],
  ["open enum without zero", "enum E { A = 1; }"],
  [
    "closed enum without presence",
    "enum E { option features.enum_type = CLOSED; A = 0; } message M { E e = 1 [features.field_presence = IMPLICIT]; }",
  ],
  ["closed enum with presence", "enum E { option features.enum_type = CLOSED; A = 0; } message M { E e = 1; }"],
  ["delimited", "message A { A a = 1 [features.message_encoding = DELIMITED]; }"],
  ["delimited scalar", "message A { string a = 1 [features.message_encoding = DELIMITED]; }"],
  ["required by feature", "message A { string a = 1 [features.field_presence = LEGACY_REQUIRED]; }"],
  ["required repeated", "message A { repeated string a = 1 [features.field_presence = LEGACY_REQUIRED]; }"],
  ["presence of a message", "message A { A a = 1 [features.field_presence = IMPLICIT]; }"],
  ["presence of a oneof member", "message A { oneof o { string a = 1 [features.field_presence = IMPLICIT]; } }"],
  ["expanded", "message A { repeated int32 a = 1 [features.repeated_field_encoding = EXPANDED]; }"],
  ["expanded singular", "message A { int32 a = 1 [features.repeated_field_encoding = EXPANDED]; }"],
  ["packed strings", "message A { repeated string a = 1 [features.repeated_field_encoding = PACKED]; }"],
  ["packed option", "message A { repeated int32 a = 1 [packed = true]; }"],
  ["utf8 of a string", "message A { string a = 1 [features.utf8_validation = NONE]; }"],
  ["utf8 of a number", "message A { int32 a = 1 [features.utf8_validation = NONE]; }"],
  ["unknown feature", "option features.field_presense = EXPLICIT;"],
  ["unknown value", "option features.field_presence = EXPLICITT;"],
  ["unknown as value", "option features.field_presence = FIELD_PRESENCE_UNKNOWN;"],
  [
    "feature on the wrong holder",
    "message A { option features.enum_type = OPEN; option features.field_presence = IMPLICIT; }",
  ],
  ["feature twice", "option features.field_presence = EXPLICIT; option features.field_presence = EXPLICIT;"],
  ["features in one", "option features = { field_presence: EXPLICIT enum_type: OPEN };"],
  ["json names clash", "message A { string foo_bar = 1; string fooBar = 2; }"],
  [
    "json names clash where JSON is best effort",
    "message A { option features.json_format = LEGACY_BEST_EFFORT; string foo_bar = 1; string fooBar = 2; }",
  ],
  ["extension", "message A { extensions 100 to 199; } extend A { string x = 100; }"],
  ["reserved identifiers", "message A { reserved foo; }"],
  [
    "extension required",
    "message A { extensions 100 to 199; } extend A { string x = 100 [features.field_presence = LEGACY_REQUIRED]; }",
  ],
  ["message set", "message A { option message_set_wire_format = true; extensions 4 to max; }"],
]);

add("2024", [
  ["option import for an option", 'import option "opts.proto"; message M { option (opts.all) = { i32: 1 }; }'],
  ["option import for a type", 'import option "opts.proto"; message M { opts.All all = 1; }'],
  ["import for a type", 'import "opts.proto"; message M { opts.All all = 1; }'],
  ["exported and local", "export message A { string a = 1; } local message B { A a = 1; }"],
]);

add("2026", [
  ["features as in 2024", "message A { repeated int32 n = 1 [features.repeated_field_encoding = EXPANDED]; }"],
  ["closed enum", "enum E { option features.enum_type = CLOSED; E_ONE = 1; }"],
  ["open enum not from zero", "enum E { E_ONE = 1; }"],
  ["optional", "message A { optional string a = 1; }"],
  ["group", "message A { group B = 1 { string x = 1; } }"],
  ["exported and local", "export message A { string a = 1; } local message B { A a = 1; }"],
]);

/** Every form. */
export const validityForms: readonly ValidityForm[] = collected;

/** Files that forms import. */
export const sharedFiles: Readonly<Record<string, string>> = {
  "opts.proto": `syntax = "proto2";
package opts;
import "google/protobuf/descriptor.proto";
import "google/protobuf/any.proto";
enum Switch { OFF = 0; ON = 1; }
message All {
  optional int32 i32 = 1; optional uint32 u32 = 2; optional int64 i64 = 3; optional uint64 u64 = 4;
  optional double d = 5; optional bool b = 6; optional Switch e = 7; optional bytes y = 8;
  repeated int32 r = 9; map<string, int32> m = 10; optional All n = 11;
  oneof o { int32 o1 = 12; int32 o2 = 13; }
  optional group Grp = 14 { optional int32 g = 1; }
  optional google.protobuf.Any any = 15;
  extensions 100 to 199;
}
extend All { optional int32 more = 100; }
message Req { required int32 a = 1; optional int32 b = 2; }
extend google.protobuf.MessageOptions {
  optional All all = 50001;
  optional Req req = 50002;
  repeated int32 many = 50003;
  optional int32 targeted = 50004 [targets = TARGET_TYPE_MESSAGE];
  optional int32 targeted_wrong = 50005 [targets = TARGET_TYPE_FIELD];
}
extend google.protobuf.EnumValueOptions { optional string on_value = 50001; }
extend google.protobuf.OneofOptions { optional string on_oneof = 50001; }
extend google.protobuf.ServiceOptions { optional string on_service = 50001; }
`,
  "hidden.proto": 'syntax = "proto3"; package shared; message Hidden {}',
  "public.proto": 'syntax = "proto3"; package shared; import public "hidden.proto";',
  "plain.proto": 'syntax = "proto3"; package shared; import "hidden.proto"; message Uses { Hidden h = 1; }',
  "closed.proto":
    'syntax = "proto2"; package closed; enum Closed { ZERO = 0; } message Open { extensions 1000 to max; }',
  "open.proto": 'syntax = "proto3"; package open; enum Open { ZERO = 0; }',
};

/** The import path of a form. */
export function formPath(index: number): string {
  return `forms/f${index}.proto`;
}

/** The whole text of a form. */
export function formText(form: ValidityForm, index: number): string {
  const syntax = form.edition.startsWith("20") ? `edition = "${form.edition}";` : `syntax = "${form.edition}";`;
  const text = form.text
    .replaceAll("PKGX", `p${index}`)
    .replaceAll("PKG", `p${index}`)
    .replaceAll("SELF", formPath(index));
  return `${syntax}\npackage p${index};\n${text}\n`;
}
