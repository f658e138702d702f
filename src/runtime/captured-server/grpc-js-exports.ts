/** The exports of @grpc/grpc-js, as its stand-in has them. https://grpc.github.io/grpc/node/grpc.html */
import { refuseMember } from "./refuse.js";

export { Metadata } from "../metadata.js";
export {
  Channel,
  Client,
  closeClient,
  getClientChannel,
  loadPackageDefinition,
  makeClientConstructor,
  makeClientConstructor as makeGenericClientConstructor,
  waitForClientReady,
} from "./clients.js";
export { compressionAlgorithms, connectivityState, logVerbosity, propagate, status } from "./constants.js";
export { CallCredentials, ChannelCredentials, credentials, ServerCredentials } from "./credentials.js";
export {
  InterceptingCall,
  InterceptorConfigurationError,
  ListenerBuilder,
  RequesterBuilder,
  ResponderBuilder,
  ServerInterceptingCall,
  ServerListenerBuilder,
} from "./interceptors.js";
export { Server } from "./server.js";
export {
  addAdminServicesToServer,
  getChannelzHandlers,
  getChannelzServiceDefinition,
  ServerMetricRecorder,
  setLogger,
  setLogVerbosity,
} from "./server-metrics.js";
export { StatusBuilder } from "./status-builder.js";

const noReader = "use @grpc/proto-loader and loadPackageDefinition";

/** Throws, as in grpc-js. */
export function load(): never {
  return refuseMember("load", noReader);
}

/** Throws, as in grpc-js. */
export function loadObject(): never {
  return refuseMember("loadObject", noReader);
}

/** Members of `grpc.experimental`; none of them works in a function. */
export const experimental = {};
