/** Stands in for @grpc/proto-loader in bundles of a captured server: nothing is read, and any service can be named. */
import * as protoLoader from "./proto-loader-exports.js";

export * from "./proto-loader-exports.js";
/** As a default import of the package gives it. */
export { protoLoader as default };
