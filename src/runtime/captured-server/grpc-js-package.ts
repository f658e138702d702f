/** Stands in for the package.json of @grpc/grpc-js, which libraries read the version of. */

/** The name of the package. */
export const name = "@grpc/grpc-js";

/** The version whose exports the stand-in has. */
export const version = "1.14.0";
