/** What linking one file works with. */
import type { Diagnostic } from "../../diagnostics.js";
import type { FileView } from "../names/file-view.js";
import { enclosingScope } from "../full-name.js";
import type { OptionDefinitions } from "../options/option-definitions.js";
import type { OptionScope } from "../options/option-scope.js";

/** One file while it is linked. */
export interface LinkScope {
  readonly definitions: OptionDefinitions;
  readonly view: FileView;
  readonly diagnostics: Diagnostic[];
}

/** The scope for the options of a declaration: names in them are resolved from around it, as in protoc. */
export function optionScopeOf(link: LinkScope, fullName: string): OptionScope {
  return { ...link, scope: enclosingScope(fullName) ?? "" };
}
