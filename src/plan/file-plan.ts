/** The declarations of .proto files that code is emitted for, with the codecs that something reachable calls. */
import type { Enum, Message, ProtoFile } from "../model/api-model.js";
import type { StyleOptions } from "./style-options.js";

/** The declarations of one .proto file in one message style. */
export interface FilePlan {
  readonly file: ProtoFile;
  readonly style: StyleOptions;
  readonly messages: readonly MessageCodecs[];
  readonly enums: readonly EnumCodecs[];
}

/** A message of a file; map entries and synthetic types do not appear. */
export interface MessageCodecs {
  readonly message: Message;
  /** Whether it has neither lists nor maps, so that its JSON text is joined from its parts. */
  readonly flat: boolean;
  /** Whether it can contain itself, at any depth, so that its JSON has to be kept from nesting too deep. */
  readonly recursive: boolean;
  /** Whether it has a required field, of its own or of a message in a singular field. */
  readonly requires: boolean;
  /** The codec functions that reachable code calls. */
  readonly decodeJson: boolean;
  /** The text of the whole message. */
  readonly encodeJson: boolean;
  /** The message as a part of a larger JSON object. */
  readonly buildJson: boolean;
  readonly decodeBinary: boolean;
  readonly encodeBinary: boolean;
  /** Query parameters can reach it: the setter for its fields is emitted. */
  readonly params: boolean;
}

/** An enum of a file. */
export interface EnumCodecs {
  readonly enum: Enum;
  readonly decodeJson: boolean;
  readonly encodeJson: boolean;
  readonly params: boolean;
}
