/** A gRPC server as a side, with the headers of the command line as metadata. */
import { grpcSide } from "../../migrate/sides/grpc-side.js";
import type { Side } from "../../migrate/sides/side.js";
import { readHeaderFlag } from "./compare-flags.js";
import type { Comparison } from "./comparison.js";
import { grpcCalls, serverProtos } from "./grpc-calls.js";

/** Opens the server at `url`; it is connected with the first call. */
export async function openGrpc(
  url: URL,
  name: "old" | "new",
  { flags, settings, plan, terminal }: Comparison,
): Promise<Side> {
  const own = name === "old" ? flags.oldHeader : flags.newHeader;
  const headers = [...(flags.header ?? []), ...(own ?? [])].map((line) => readHeaderFlag(line, terminal.env));
  const replaced = new Set(headers.map(([header]) => header.toLowerCase()));
  const toCall = grpcCalls(settings.request, settings.root);
  return grpcSide({
    address: url.host,
    tls: url.protocol === "grpcs:",
    timeout: (flags.wait ?? 30) * 1000,
    protos: serverProtos(settings.request, plan),
    toCall: (request, label) => {
      const kept = request.headers.filter(([header]) => !replaced.has(header.toLowerCase()));
      return toCall({ ...request, headers: [...kept, ...headers] }, label);
    },
  });
}
