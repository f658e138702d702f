/** Cases that are decided otherwise than upstream: why, and what happens instead (`ours`, in the suite's own form). */
export interface Decision {
  readonly why: string;
  readonly ours: unknown;
}

const badRequest = { status: 400, contentType: "application/json", error: { grpcCode: 3 } };

const twice = "upstream decodes a path twice unless it holds an escaped slash; a path is decoded once";
const bodyField = "proto JSON is the same whether the body is the message or one of its fields";
const responseField = "proto JSON is the same whether the response is the message or one of its fields";
const brackets = "brackets on a field that isn't a map don't add a value; `name[]` is `name`";
const crash = "upstream crashes; the path of the field is what its other values give";

export const decisions: Readonly<Record<string, Decision>> = {
  "path-match/132": {
    why: twice,
    ours: {
      byUnescapingMode: {
        legacy: { status: 200, route: 0, bindings: { id: "%25" } },
        AllExceptReserved: { status: 200, route: 0, bindings: { id: "%25" } },
        AllExceptSlash: { status: 200, route: 0, bindings: { id: "%25" } },
        AllCharacters: { status: 200, route: 0, bindings: { id: "%25" } },
      },
    },
  },
  "path-match/133": { why: twice, ours: { status: 200, route: 0, bindings: { id: "100%" } } },
  "path-match/209": {
    why: "a custom kind `*` answers every method, as google/api/http.proto says; upstream never matches it",
    ours: { status: 200, route: 0, bindings: {} },
  },
  "query/188": {
    why: "the same message; the case can only be stated in memory, because JSON cannot express the mask",
    ours: { memory: { maskValue: { paths: ["a", " b"] } } },
  },
  "query/205": {
    why: "the same message; the case can only be stated in memory, because JSON cannot express the Any",
    ours: { memory: { anyValue: { typeUrl: "x" } } },
  },
  "query/213": {
    why: "a map key is everything between the outer brackets, so that every key can be sent; upstream drops the parameter",
    ours: { ok: true, json: { mapStringString: { "a][b": "x" } } },
  },
  "query/215": { why: brackets, ours: { ok: true, json: { repeatedString: ["x"] } } },
  "query/217": { why: brackets, ours: { ok: true, json: { repeatedString: ["x", "y"] } } },
  "field-mask-from-body/017": {
    why: "an empty object changes nothing; a mask with an empty path is invalid",
    ours: { ok: true, paths: [] },
  },
  "field-mask-from-body/039": { why: "a path is in the mask once", ours: { ok: true, paths: ["line_num"] } },
  "field-mask-from-body/052": { why: crash, ours: { ok: true, paths: ["any_field"] } },
  "field-mask-from-body/053": { why: crash, ours: { ok: true, paths: ["any_field"] } },
  "body-decode/156": { why: bodyField, ours: { status: 200, rpc: "Echo", request: { int64Value: "5" } } },
  "body-decode/158": { why: bodyField, ours: { status: 200, rpc: "Echo", request: { enumValue: "RED" } } },
  "body-decode/161": { why: bodyField, ours: { status: 200, rpc: "Echo", request: { bytesValue: "/+8=" } } },
  "body-decode/172": { why: `${bodyField}: null is no map value (as in body-decode/078)`, ours: badRequest },
  "body-decode/174": { why: bodyField, ours: { status: 200, rpc: "Echo", request: { mapStringInt64: { a: "5" } } } },
  "response-encode/003": {
    why: `${responseField}: no HTML escapes; the JSON value is equal`,
    ours: { status: 200, rpc: "RespString", responseBody: '"a\\"b<>&\u2028é"' },
  },
  "response-encode/005": {
    why: responseField,
    ours: { status: 200, rpc: "RespInt64", responseBody: '"9223372036854775807"' },
  },
  "response-encode/006": { why: responseField, ours: { status: 200, rpc: "RespInt64", responseBody: '"0"' } },
  "response-encode/008": { why: responseField, ours: { status: 200, rpc: "RespBytes", responseBody: '""' } },
  "response-encode/033": {
    why: "there are no HTTP trailers behind a front door; a client that asks for them gets headers of the same names",
    ours: {
      status: 200,
      rpc: "Headers",
      responseJson: {},
      responseHeaders: { "grpc-metadata-foo": ["bar"], "grpc-trailer-tfoo": ["tbar"] },
    },
  },
  "errors/024": {
    why: "the message says what was expected instead of quoting a Go function",
    ours: {
      status: 400,
      contentType: "application/json",
      responseJson: {
        code: 3,
        message: 'type mismatch, parameter: int32_value, error: expected a 32-bit integer, found "abc"',
        details: [],
      },
    },
  },
  "envoy-json-request/002": {
    why: "a trailing comma is no JSON, in a field as little as in a whole body",
    ours: { error: "INVALID_ARGUMENT" },
  },
  "envoy-json-request/003": {
    why: "the specification wants a field of the message itself as body; generation refuses a nested one",
    ours: { refused: ["HR007"] },
  },
  "envoy-json-request/009": {
    why: "a body of white space is an empty one, as it is for grpc-gateway (body-decode); Envoy takes an empty one only without it",
    ours: { json: {} },
  },
  "envoy-json-request/022": {
    why: "the specification wants a field of the message itself as body; generation refuses a nested one",
    ours: { refused: ["HR007"] },
  },
  "envoy-json-request/024": {
    why: "each message of a stream is a whole request, as for grpc-gateway; generation warns that a field is read so (HR031)",
    ours: { error: "INVALID_ARGUMENT" },
  },
  "envoy-json-request/028": {
    why: "the path wins over the body: it is what the front door and its authorization saw",
    ours: { json: { shelf: { id: "123" } } },
  },
  "envoy-json-request/030": {
    why: "a plus in a query is a space, as in every form and for grpc-gateway; Envoy has an option for it",
    ours: { bindings: { x: "Hello world", y: "+  " } },
  },
  "envoy-json-request/032": {
    why: "a parameter without `=` is one with an empty value; `spec` refuses one that no field has, and `unknownFields: ignore` drops it",
    ours: { error: "INVALID_ARGUMENT" },
  },
  "envoy-json-request/033": {
    why: "there is no list of system parameters; `spec` refuses those that no field has, and `unknownFields: ignore` drops them",
    ours: { error: "INVALID_ARGUMENT" },
  },
  "envoy-json-request/034": {
    why: "the default is grpc-gateway's lines in both profiles; `streaming: jsonArray` gives the array",
    ours: { body: '{"result":{"a":1}}\n{"result":{"a":2}}\n' },
  },
};
