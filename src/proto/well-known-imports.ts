/**
 * The file that declares a name, among those that come with the tool: the import to suggest if no file has loaded it.
 */

const wellKnownFiles: Readonly<Record<string, readonly string[]>> = {
  "google/protobuf/any.proto": ["google.protobuf.Any"],
  "google/protobuf/duration.proto": ["google.protobuf.Duration"],
  "google/protobuf/empty.proto": ["google.protobuf.Empty"],
  "google/protobuf/field_mask.proto": ["google.protobuf.FieldMask"],
  "google/protobuf/struct.proto": [
    "google.protobuf.Struct",
    "google.protobuf.Value",
    "google.protobuf.ListValue",
    "google.protobuf.NullValue",
  ],
  "google/protobuf/timestamp.proto": ["google.protobuf.Timestamp"],
  "google/protobuf/wrappers.proto": [
    "google.protobuf.DoubleValue",
    "google.protobuf.FloatValue",
    "google.protobuf.Int64Value",
    "google.protobuf.UInt64Value",
    "google.protobuf.Int32Value",
    "google.protobuf.UInt32Value",
    "google.protobuf.BoolValue",
    "google.protobuf.StringValue",
    "google.protobuf.BytesValue",
  ],
  "google/api/annotations.proto": ["google.api.http"],
  "google/api/client.proto": ["google.api.default_host", "google.api.oauth_scopes", "google.api.method_signature"],
  "google/api/field_behavior.proto": ["google.api.field_behavior"],
  "google/api/httpbody.proto": ["google.api.HttpBody"],
  "google/api/resource.proto": [
    "google.api.resource",
    "google.api.resource_definition",
    "google.api.resource_reference",
  ],
  "google/longrunning/operations.proto": ["google.longrunning.Operation", "google.longrunning.operation_info"],
  "google/rpc/status.proto": ["google.rpc.Status"],
  "buf/validate/validate.proto": ["buf.validate.field", "buf.validate.message", "buf.validate.oneof"],
  "validate/validate.proto": ["validate.rules", "validate.required"],
  "protoc-gen-openapiv2/options/annotations.proto": [
    "grpc.gateway.protoc_gen_openapiv2.options.openapiv2_swagger",
    "grpc.gateway.protoc_gen_openapiv2.options.openapiv2_operation",
    "grpc.gateway.protoc_gen_openapiv2.options.openapiv2_schema",
    "grpc.gateway.protoc_gen_openapiv2.options.openapiv2_field",
    "grpc.gateway.protoc_gen_openapiv2.options.openapiv2_tag",
  ],
};

const importByName: ReadonlyMap<string, string> = new Map(
  Object.entries(wellKnownFiles).flatMap(([path, names]) => names.map((name) => [name, path] as const)),
);

/** The import path for a full name, with or without a leading dot; undefined for other names. */
export function wellKnownImport(name: string): string | undefined {
  return importByName.get(name.replace(/^\./, ""));
}
