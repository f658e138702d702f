/**
 * Stands in for @grpc/grpc-js in bundles of a captured server: a server file runs unchanged, registers its services here, and opens no
 * port.
 */
import * as grpc from "./grpc-js-exports.js";

export * from "./grpc-js-exports.js";
/** As a default import of the package gives it. */
export { grpc as default };
