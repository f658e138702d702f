/** The name of a function's zip, which the build writes and the template names. */

/** `library-service-get-shelf.zip`, in `Layout.zips`. */
export function zipName(functionId: string): string {
  return `${functionId}.zip`;
}
