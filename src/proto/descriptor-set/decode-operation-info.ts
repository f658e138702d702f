/** The google.longrunning.operation_info option as bytes (google/longrunning/operations.proto, extension 1049). */
import type { OperationInfo } from "../descriptor.js";
import { hasField, recordOf, textOf, type WireRecord } from "./wire-record.js";

const operationInfoExtension = 1049;

/** Reads the option of a method from its MethodOptions; undefined when it names no type. */
export function decodeOperationInfo(options: WireRecord): OperationInfo | undefined {
  if (!hasField(options, operationInfoExtension)) return undefined;
  const info = recordOf(options, operationInfoExtension);
  const responseType = textOf(info, 1) ?? "";
  const metadataType = textOf(info, 2) ?? "";
  if (responseType === "" && metadataType === "") return undefined;
  return { ...(responseType === "" ? {} : { responseType }), ...(metadataType === "" ? {} : { metadataType }) };
}
