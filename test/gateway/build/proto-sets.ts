/** The APIs that requests are sent to. What is not in the repository comes with google-proto-files and with the gateway's Go module. */

/** Where the protos of a set come from, as folders of their import roots. */
export interface ProtoSources {
  readonly repository: string;
  /** The package google-proto-files. */
  readonly googleProtos: string;
  /** The module github.com/grpc-ecosystem/grpc-gateway/v2, which holds its examples. */
  readonly gatewayModule: string;
}

/** One API. */
export interface ProtoSet {
  readonly name: SetName;
  /** Files whose services are called, as they are imported. */
  readonly files: readonly string[];
  /** Paths below an import root, files and folders, that the set is made of. */
  readonly from: (sources: ProtoSources) => readonly { readonly root: string; readonly paths: readonly string[] }[];
  /** The Go package of a file, below `gateways/gen/`. */
  readonly goPackage: (file: string) => string;
  /** Full names of RPCs that cannot be compared. */
  readonly skip: readonly string[];
  /** Messages that are packed into Any. */
  readonly anyTypes: readonly string[];
}

const wellKnown = (...names: readonly string[]): string[] => names.map((name) => `google.protobuf.${name}`);

const vectors: ProtoSet = {
  name: "vectors",
  files: ["transcoding.proto"],
  from: ({ repository }) => [{ root: `${repository}/fixtures/vectors`, paths: ["transcoding.proto"] }],
  goPackage: () => "vectors",
  skip: [],
  anyTypes: [
    "transcoding.vectors.v1.Item",
    "transcoding.vectors.v1.Nested",
    ...wellKnown("Duration", "Timestamp", "Struct", "StringValue", "Empty", "Any"),
  ],
};

const library: ProtoSet = {
  name: "library",
  files: ["google/example/library/v1/library.proto"],
  from: ({ googleProtos }) => [{ root: googleProtos, paths: ["google/example/library/v1"] }],
  goPackage: () => "library",
  skip: [],
  anyTypes: [],
};

const pubsub: ProtoSet = {
  name: "pubsub",
  files: ["google/pubsub/v1/pubsub.proto", "google/pubsub/v1/schema.proto"],
  from: ({ googleProtos }) => [{ root: googleProtos, paths: ["google/pubsub/v1"] }],
  goPackage: () => "pubsub",
  // Its answer does not end before its requests do, and those are a body here.
  skip: ["google.pubsub.v1.Subscriber.StreamingPull"],
  anyTypes: [],
};

const zoo: ProtoSet = {
  name: "zoo",
  files: ["zoo.proto", "old.proto", "fresh.proto"],
  from: ({ repository }) => [
    { root: `${repository}/fixtures/gateway/zoo`, paths: ["zoo.proto", "old.proto", "fresh.proto"] },
  ],
  goPackage: () => "zoo",
  skip: [],
  anyTypes: [
    "acme.zoo.v1.Leaf",
    "acme.zoo.v1.Tree",
    ...wellKnown("Duration", "Timestamp", "Struct", "Value", "ListValue", "FieldMask", "Int64Value", "BytesValue"),
    ...wellKnown("Empty", "Any"),
  ],
};

const examples = "examples/internal/proto";
const exampleNames = [
  "a_bit_of_everything",
  "wrappers",
  "stream",
  "response_body_service",
  "non_standard_names",
  "flow_combination",
  "echo_service",
  "excess_body",
  "camel_case_service",
  "enum_with_single_value",
];
const examplePackage = "grpc.gateway.examples.internal.proto.examplepb";

const abe: ProtoSet = {
  name: "abe",
  files: exampleNames.map((name) => `${examples}/examplepb/${name}.proto`),
  from: ({ gatewayModule }) => [
    {
      root: gatewayModule,
      paths: [
        ...exampleNames.map((name) => `${examples}/examplepb/${name}.proto`),
        ...["sub", "sub2", "pathenum", "oneofenum"].map((name) => `${examples}/${name}`),
        "protoc-gen-openapiv2/options",
      ],
    },
  ],
  goPackage: (file) => `abe/${file.split("/").at(-2)}`,
  skip: [],
  anyTypes: [`${examplePackage}.Body`, `${examplePackage}.Book`, ...wellKnown("Duration", "Timestamp", "StringValue")],
};

/** Every set, the small ones first. */
export const protoSets = { library, pubsub, vectors, abe, zoo } as const satisfies Record<SetName, ProtoSet>;

/** Names of the sets. */
export type SetName = "library" | "pubsub" | "vectors" | "abe" | "zoo";
