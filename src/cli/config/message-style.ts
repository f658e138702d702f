/** A preset and proto-loader's options, as the configuration spells them, to a MessageStyle. */
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../emit/message-style.js";
import type { MessageOptionsConfig, MessagesConfig, MessagesPresetConfig, ServiceConfig } from "./config.js";

/**
 * The style that a `messages:` setting comes to. `preset` is taken where the setting names none: `idiomatic` for scaffolded
 * functions, `proto-loader` for an existing service object, so that an option means there what it means in proto-loader.
 */
export function messageStyle(setting: MessagesConfig | undefined, preset: MessagesPresetConfig): MessageStyle {
  const options: MessageOptionsConfig = typeof setting === "string" ? { preset: setting } : (setting ?? {});
  const base = presets[options.preset ?? preset];
  return {
    ...base,
    names: options.keepCase === undefined ? base.names : namesFor(options.keepCase, base),
    longs: options.longs ?? base.longs,
    enums: options.enums ?? base.enums,
    bytes: options.bytes ?? base.bytes,
    defaults: options.defaults ?? base.defaults,
    arrays: options.arrays ?? base.arrays,
    objects: options.objects ?? base.objects,
    oneofs: options.oneofs === undefined ? base.oneofs : oneofsFor(options.oneofs),
  };
}

/**
 * The style of a service that differs from the API's. An existing implementation gets the objects that are usual with its library; a
 * bridge encodes idiomatic ones for it, and Connect has no other way.
 */
export function serviceStyle({ implementation, library, messages }: ServiceConfig): MessageStyle | undefined {
  if (implementation === undefined || isProxy(implementation)) return messages && messageStyle(messages, "idiomatic");
  const isBridged = library === "connect" || (typeof implementation === "object" && implementation.bridge === true);
  return isBridged ? idiomaticStyle : messageStyle(messages, defaultPreset(library));
}

/** The messages that services of a library usually have. */
export function defaultPreset(library: ServiceConfig["library"]): MessagesPresetConfig {
  return library === "nice-grpc" ? "ts-proto" : "proto-loader";
}

const presets: Readonly<Record<MessagesPresetConfig, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "proto-loader": protoLoaderDefaults,
  "ts-proto": tsProtoStyle,
  "protobuf-es": protobufEsStyle,
};

function namesFor(keepCase: boolean, base: MessageStyle): MessageStyle["names"] {
  return keepCase ? "proto" : base.names;
}

function oneofsFor(oneofs: boolean | "union"): MessageStyle["oneofs"] {
  if (oneofs === "union") return "union";
  return oneofs ? "virtual" : "flat";
}

/** Tells whether a setting is `proxy` or `proxy:stock`. */
export function isProxy(setting: ServiceConfig["implementation"]): setting is string {
  return typeof setting === "string" && /^proxy(?::|$)/.test(setting);
}
