/** Differences between the answers of two message styles that are as they should be. */
import type { MessageStyle } from "../../src/emit/message-style.js";
import type { MatrixRequest } from "./requests.js";

/** A reason, and where it holds. */
export interface StyleDifference {
  readonly reason: string;
  applies(style: MessageStyle, request: MatrixRequest): boolean;
}

/** All of them. */
export const styleDifferences: readonly StyleDifference[] = [
  {
    reason:
      "with proto-loader's `defaults: true`, a field of explicit presence that is absent has its default in the object, and an echo sends it",
    applies: (style, { rpc }) =>
      style.defaults && style.absentMessages === "null" && !/^matrix\.(proto3|alone)\./.test(rpc),
  },
  {
    reason:
      "a google.protobuf.Value of which no member is set is a message, but no JSON: where handlers see plain JSON it is not there",
    applies: (_, { rpc, target, body = "" }) =>
      rpc.endsWith(".Value") && /(chosen|maybe)\.(nothing|)=1/.test(`${target} ${body}`),
  },
];
