/** The types of the runtime that emitted code names, for the compiler: a renamed one breaks the build here. */
import type { FixedAnswer } from "../../runtime/calls/fixed-answers.js";
import type { AnyTypes } from "../../runtime/any/any-types.js";
import type { BinaryReader } from "../../runtime/binary/binary-reader.js";
import type { BinaryWriter, ScalarLike } from "../../runtime/binary/binary-writer.js";
import type { UnknownField } from "../../runtime/binary/unknown-fields-protobuf-es.js";
import type { Param } from "../../runtime/binding/param.js";
import type { Caller } from "../../runtime/caller.js";
import type { PackedMessage } from "../../runtime/grpc-js/status-details.js";
import type { Observer } from "../../runtime/observation.js";
import type { Profile } from "../../runtime/routing/profile.js";
import type {
  BidiStreamingHandler,
  ClientStreamingHandler,
  Context,
  Rpc,
  ServerStreamingHandler,
  UnaryHandler,
} from "../../runtime/rpc.js";
import type { ErrorDetail } from "../../runtime/status.js";
import type { JsonInput, JsonInputObject, JsonObject, JsonValue } from "../../runtime/values/json.js";
import type { MessageInit, MessageInput } from "../../runtime/values/message-input.js";
import type { RuntimeModule } from "./runtime-paths.js";

/** The types by module; type arguments do not matter. */
interface RuntimeTypes extends Partial<Record<RuntimeModule, object>> {
  readonly "any-types": { readonly AnyTypes: AnyTypes };
  readonly "binary-reader": { readonly BinaryReader: BinaryReader };
  readonly "binary-writer": { readonly BinaryWriter: BinaryWriter; readonly ScalarLike: ScalarLike };
  readonly caller: { readonly Caller: Caller };
  readonly "fixed-answers": { readonly FixedAnswer: FixedAnswer };
  readonly json: {
    readonly JsonInput: JsonInput;
    readonly JsonInputObject: JsonInputObject;
    readonly JsonObject: JsonObject;
    readonly JsonValue: JsonValue;
  };
  readonly "message-input": { readonly MessageInit: MessageInit<object>; readonly MessageInput: MessageInput<object> };
  readonly observation: { readonly Observer: Observer };
  readonly param: { readonly Param: Param };
  readonly profile: { readonly Profile: Profile };
  readonly rpc: {
    readonly BidiStreamingHandler: BidiStreamingHandler<never, never>;
    readonly ClientStreamingHandler: ClientStreamingHandler<never, never>;
    readonly Context: Context;
    readonly Rpc: Rpc<never, never>;
    readonly ServerStreamingHandler: ServerStreamingHandler<never, never>;
    readonly UnaryHandler: UnaryHandler<never, never>;
  };
  readonly status: { readonly ErrorDetail: ErrorDetail };
  readonly "status-details": { readonly PackedMessage: PackedMessage };
  readonly "unknown-fields-protobuf-es": { readonly UnknownField: UnknownField };
}

/** A module of the runtime with one of its types. */
export type RuntimeTypeSymbol = {
  readonly [Module in keyof RuntimeTypes & RuntimeModule]: readonly [
    module: Module,
    name: keyof NonNullable<RuntimeTypes[Module]> & string,
  ];
}[keyof RuntimeTypes & RuntimeModule];
