/**
 * Version of the contract between the generated files and this runtime. The runtime is copied into every project; when the
 * contract changes, the number changes, and `grpc2lambda check` reports a copy that doesn't belong to its generated files.
 */
export const abiVersion = 1;
