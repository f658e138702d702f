/** Content types as grpc-gateway compared them before 2.33. */

/** A Content-Type with its parameters. With a charset behind it, the type of a form is a different one. */
export function wholeHeader(contentType: string): string {
  return contentType;
}
