/** Errors for what a captured server cannot do in a function, with its name. */

/** Throws: the member of grpc-js has no meaning without a server or a connection. */
export function refuseMember(member: string, instead: string): never {
  throw new Error(`the server uses ${member} of @grpc/grpc-js, which does not run in a function: ${instead}`);
}

/** Throws: a client of the stand-in for grpc-js was asked to call. */
export function refuseCall(service: string, method: string): never {
  throw new Error(
    `the server calls ${service === "" ? method : `${service}.${method}`} through a client of @grpc/grpc-js, which its bundle has a stand-in for: export its service object and set implementation: module#export, which keeps grpc-js`,
  );
}
