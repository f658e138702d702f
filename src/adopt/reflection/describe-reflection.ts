/** Doubts about what a server says of itself. */
import type { ReflectedApi } from "./collect-files.js";

/** The doubts, a line each. */
export function describeReflection({ services, missing, isRebuilt }: ReflectedApi): string[] {
  return [
    ...(services.length === 0 ? ["the server has no services but those of gRPC itself"] : []),
    ...missing.map(({ path, importer }) => `the server does not know ${path}, which ${importer} imports`),
    ...(isRebuilt
      ? [
          "the server loads its protos with protobufjs (@grpc/proto-loader), which passes on no HTTP rules and no other options: its .proto files are better",
        ]
      : []),
    "reflection has no comments: generated types have none until .proto files replace the descriptor set",
  ];
}
