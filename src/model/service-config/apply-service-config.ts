/** The rules of a service configuration, handed to the methods that their selectors name. */
import { type Diagnostic, diagnostic, helpWith } from "../../diagnostics.js";
import type { FileDescriptor, HttpRule } from "../../proto/descriptor.js";
import { place } from "../rules/rule-context.js";
import type { ServiceConfigRules } from "./service-config.js";
import { suggestMethod } from "../suggest-method.js";

/** A rule with the file that it is from. */
export interface SelectedRule {
  readonly rule: HttpRule;
  readonly file: string;
}

/** Rules by the full name of their method, in the order of the files and in file order. */
export interface SelectedRules {
  readonly rules: ReadonlyMap<string, readonly SelectedRule[]>;
  /** HR025. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Looks every selector up among the methods of all loaded files. */
export function selectRules(configs: readonly ServiceConfigRules[], files: readonly FileDescriptor[]): SelectedRules {
  const rules = new Map<string, SelectedRule[]>();
  const diagnostics: Diagnostic[] = [];
  if (configs.length === 0) return { rules, diagnostics };
  const methods = new Set(files.flatMap(({ services }) => services.flatMap((service) => methodNames(service.methods))));
  for (const { rule, file } of configs.flatMap((config) => config.rules.map((rule) => ({ rule, file: config.file })))) {
    const name = rule.selector?.value ?? "";
    const known = rules.get(name);
    if (!methods.has(name))
      diagnostics.push(unmatched(file, rule, name, suggestMethod(diagnostics.length, name, methods)));
    else if (known === undefined) rules.set(name, [{ rule, file }]);
    else known.push({ rule, file });
  }
  return { rules, diagnostics };
}

function methodNames(methods: readonly { readonly fullName: string }[]): string[] {
  return methods.map((method) => method.fullName);
}

function unmatched(file: string, rule: HttpRule, name: string, near: string | undefined): Diagnostic {
  const advice = "write the full name, package.Service.Method, of a method that is loaded";
  return diagnostic("HR025", `selector "${name}" matches no method`, {
    location: place(file, rule.selector?.span ?? rule.span),
    help: helpWith(near, advice),
  });
}
