/** A case: a request, and what the handler does when it is reached. Everything is plain data, so that a case can be written down. */
import type { HeaderPair } from "./texts.js";

/** A value of metadata: text, or bytes in base64 for a key that ends in -bin. */
export type MetadataValue = string | { readonly bytes: string };

/** Name and value. */
export type MetadataPair = readonly [name: string, value: MetadataValue];

/** What a handler does; the same on both sides. */
export interface HandlerPlan {
  /** Makes replies that are not given. */
  readonly seed: number;
  /** Replies with the requests, where they are of the same type. */
  readonly echo?: boolean;
  /** Replies as base64 of their bytes. */
  readonly replies?: readonly string[];
  /** Replies of a stream. Default: 1. */
  readonly count?: number;
  readonly header?: readonly MetadataPair[];
  readonly trailer?: readonly MetadataPair[];
  readonly error?: PlannedError;
  /** An exception that has no code. */
  readonly throws?: boolean;
  /** Milliseconds before anything else is done. Default: 0. */
  readonly delay?: number;
}

/** An error of gRPC. */
export interface PlannedError {
  readonly code: number;
  readonly message: string;
  /** Messages of a stream before it. Default: 0. */
  readonly after?: number;
  readonly metadata?: readonly MetadataPair[];
  /** Makes details. */
  readonly detailSeed?: number;
  /** Details, with their bytes in base64. */
  readonly details?: readonly { readonly typeUrl: string; readonly value: string }[];
}

/** A request with its plan. */
export interface RequestCase {
  /** What makes it again: a seed and a number, or the name of the design. */
  readonly id: string;
  /** `/package.Service/Method`, and the number of the rule, of the binding that it was made for. */
  readonly rpc: string;
  readonly binding: number;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly HeaderPair[];
  /** base64. */
  readonly body: string;
  readonly plan: HandlerPlan;
}
