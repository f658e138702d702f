/** Methods that the user leaves out. */
import { type Diagnostic, diagnostic, helpWith, type Location } from "../diagnostics.js";
import type { FileDescriptor } from "../proto/descriptor.js";
import { suggestMethod } from "./suggest-method.js";

/** A method that is to be left out: its full name, `package.Service.Method`, and where the configuration says so. */
export interface SkippedMethod {
  readonly name: string;
  readonly location?: Location;
}

/** HR028 for every name that is no method of `files`. */
export function checkSkipped(skipped: readonly SkippedMethod[], files: readonly FileDescriptor[]): Diagnostic[] {
  const known = new Set(
    files.flatMap(({ services }) => services.flatMap(({ methods }) => methods.map(({ fullName }) => fullName))),
  );
  return skipped
    .filter(({ name }) => !known.has(name))
    .map((method, index) => describeUnknown(method, suggestMethod(index, method.name, known)));
}

function describeUnknown({ name, location }: SkippedMethod, nearest: string | undefined): Diagnostic {
  return diagnostic("HR028", `skip names "${name}", expected a method of the given files`, {
    location,
    help: helpWith(nearest, "write the full name, package.Service.Method; --service chooses services"),
  });
}
