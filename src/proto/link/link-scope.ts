/** The data that linking one file uses. */
import type { Diagnostic, Location } from "../../diagnostics.js";
import { enclosingScope } from "../full-name.js";
import type { FileView } from "../names/file-view.js";
import type { OptionDefinitions } from "../options/option-definitions.js";
import type { OptionScope } from "../options/option-scope.js";

/** One file while it is linked. */
export interface LinkScope {
  readonly definitions: OptionDefinitions;
  readonly view: FileView;
  readonly diagnostics: Diagnostic[];
  /** Types that do not resolve while an import is missing: no findings of their own, the import is the finding. */
  readonly unresolved: UnresolvedType[];
}

/** The use of a type that only a missing import can declare. */
export interface UnresolvedType {
  /** Name as written. */
  readonly name: string;
  readonly location: Location;
  /** Import paths that the file sees and that were not found; at least one. */
  readonly missing: readonly string[];
  /** A type that is there, in almost the same letters: the name may be a typo instead. */
  readonly near?: string;
}

/** The scope for the options of a declaration: names in them are resolved from around it, as in protoc. */
export function optionScopeOf(link: LinkScope, fullName: string): OptionScope {
  return { ...link, scope: enclosingScope(fullName) ?? "" };
}
