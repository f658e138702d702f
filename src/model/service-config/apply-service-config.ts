/** The rules of a service configuration, handed to the methods that their selectors name. */
import { type Diagnostic, helpWith } from "../../diagnostics.js";
import type { FileDescriptor, HttpRule } from "../../proto/descriptor.js";
import { place } from "../rules/rule-context.js";
import type { ServiceConfigRules } from "./service-config.js";
import { suggestMethod } from "../suggest-method.js";

/** Rules by the full name of their method, in file order. */
export interface SelectedRules {
  readonly rules: ReadonlyMap<string, readonly HttpRule[]>;
  /** HR025. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Looks every selector up among the methods of all loaded files. */
export function selectRules(config: ServiceConfigRules | undefined, files: readonly FileDescriptor[]): SelectedRules {
  const rules = new Map<string, HttpRule[]>();
  const diagnostics: Diagnostic[] = [];
  if (config === undefined) return { rules, diagnostics };
  const methods = new Set(files.flatMap(({ services }) => services.flatMap((service) => methodNames(service.methods))));
  for (const rule of config.rules) {
    const name = rule.selector?.value ?? "";
    const known = rules.get(name);
    if (!methods.has(name))
      diagnostics.push(unmatched(config.file, rule, name, suggestMethod(diagnostics.length, name, methods)));
    else if (known === undefined) rules.set(name, [rule]);
    else known.push(rule);
  }
  return { rules, diagnostics };
}

function methodNames(methods: readonly { readonly fullName: string }[]): string[] {
  return methods.map((method) => method.fullName);
}

function unmatched(file: string, rule: HttpRule, name: string, near: string | undefined): Diagnostic {
  const advice = "write the full name, package.Service.Method, of a method that is loaded";
  return {
    code: "HR025",
    severity: "error",
    message: `selector "${name}" matches no method`,
    location: place(file, rule.selector?.span ?? rule.span),
    help: helpWith(near, advice),
  };
}
