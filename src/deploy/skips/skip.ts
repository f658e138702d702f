/** Skip: what scanners of deployments ask for and a resource does not do, with the reason. */

/** A recommendation that a resource does not follow on purpose. */
export interface Skip {
  /** Ids of checkov's checks: of templates of CloudFormation, and of modules of Terraform. https://www.checkov.io/5.Policy%20Index/all.html */
  readonly checkov: { readonly template: readonly string[]; readonly module: readonly string[] };
  /** Rules of the packs AwsSolutions and Serverless of cdk-nag. https://github.com/cdklabs/cdk-nag/blob/main/RULES.md */
  readonly cdkNag: readonly string[];
  /** One short sentence: it is printed with every such resource. */
  readonly reason: string;
}

/** Makes a skip of checks that have one id in templates and modules. */
export function skip(reason: string, checkov: readonly string[], cdkNag: readonly string[] = []): Skip {
  return { checkov: { template: checkov, module: checkov }, cdkNag, reason };
}

/** Adds checks that checkov has for modules alone. */
export function skipInModules({ checkov: { template, module }, ...others }: Skip, ids: readonly string[]): Skip {
  return { ...others, checkov: { template, module: [...module, ...ids] } };
}
