/** What a google.protobuf.Any may hold in JSON where the configuration does not say. */
import { compareText } from "../../diagnostics.js";
import type { Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import type { MethodPlan } from "../plan.js";

/** The file that declares what google.rpc.Status carries in its details. */
const errorDetailsFile = "google/rpc/error_details.proto";

/**
 * The default of `anyTypes`, full names, sorted: the types that google.longrunning.operation_info options of the methods name, and
 * the error details of google.rpc where they are imported. Where this gives nothing: the top-level messages of the target files
 * that are no request and no reply, for only those can have been declared in order to be packed.
 */
export function defaultAnyTypes(index: ModelIndex, methods: readonly MethodPlan[]): string[] {
  const operations = methods.flatMap(({ method }) => method.operationTypes ?? []);
  const details = (index.files.get(errorDetailsFile)?.messages ?? []).map((message) => message.fullName);
  const named = [...operations, ...details];
  const types = named.length > 0 ? named : packable(index).map((message) => message.fullName);
  return [...new Set(types)].sort(compareText);
}

function packable(index: ModelIndex): Message[] {
  const files = [...index.files.values()].filter((file) => file.target);
  const carried = new Set(
    files.flatMap((file) =>
      file.services.flatMap(({ methods }) => methods.flatMap(({ input, output }) => [input, output])),
    ),
  );
  return files.flatMap((file) => file.messages.filter((message) => !carried.has(message.fullName)));
}
