/** The precedence of bindings for a request that several match. */
import type { PathTemplate } from "../../http-rule/path-template.js";
import { compareSpecificity, type BindingPrecedence } from "../../http-rule/specificity.js";

export type { BindingPrecedence } from "../../http-rule/specificity.js";

/** The part of a binding that decides about precedence. */
export interface PrecedenceCandidate {
  readonly template: PathTemplate;
  readonly httpMethod: string;
  /** Position in declaration order. */
  readonly order: number;
  /** It answers what no declared binding does. */
  readonly isDerived?: true;
}

/** A binding at its place. */
export function candidateOf(
  {
    binding,
    isDerived,
  }: { readonly binding: Omit<PrecedenceCandidate, "order" | "isDerived">; readonly isDerived?: true },
  order: number,
): PrecedenceCandidate {
  const { template, httpMethod } = binding;
  return isDerived === true ? { template, httpMethod, order, isDerived } : { template, httpMethod, order };
}

/** Tells whether `a` answers rather than `b`. */
export function prefersBinding(precedence: BindingPrecedence, a: PrecedenceCandidate, b: PrecedenceCandidate): boolean {
  if (a.isDerived !== b.isDerived) return b.isDerived === true;
  switch (precedence) {
    case "lastDeclared":
      return a.order > b.order;
    case "specificity": {
      const difference = compareSpecificity(a.template, b.template);
      if (difference !== 0) return difference < 0;
      if ((a.httpMethod === "*") !== (b.httpMethod === "*")) return b.httpMethod === "*";
      return a.order < b.order;
    }
    default:
      return precedence satisfies never;
  }
}
