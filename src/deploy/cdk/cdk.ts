/**
 * AWS CDK: a construct in one TypeScript file, over the zips of `grpc2lambda build`. Its resources are those of the plain template.
 * https://docs.aws.amazon.com/cdk/v2/guide/constructs.html
 */
import { pascalCase } from "../../plan/naming.js";
import { checkStackSize, fitsInStack } from "../check/check-stack-size.js";
import { cloudFormationDialect, lambdaFunction } from "../cloudformation/cloudformation.js";
import type { Dialect } from "../cloudformation/dialect.js";
import { logicalIds } from "../cloudformation/logical-ids.js";
import { nestedStackOf } from "../cloudformation/split-stack.js";
import { namesOfStack } from "../cloudformation/stack-target.js";
import { buildTemplate } from "../cloudformation/template.js";
import type { Section, Template } from "../cloudformation/sections.js";
import type { DeploymentTarget, StackSize } from "../deployment-target.js";
import { toJson } from "../resources/document.js";
import { constructFile } from "./construct-file.js";
import type { Homes } from "./construct-source.js";
import { knownParameters } from "./known-parameters.js";
import { propertyName } from "./property-name.js";
import { zipCall } from "./template-expression.js";

/** `cdk deploy`, in an app that has the construct in a stack. */
export const cdkTarget: DeploymentTarget = {
  id: "cdk",
  title: "AWS CDK",
  listFunctions: () => namesOfStack,
  // A construct shows its resources when it is synthesised.
  listResources: () => [],
  deploy: (model, { template: path, zips }) => {
    const dialect = cdkDialect(path);
    const ids = logicalIds(model, dialect);
    const template = buildTemplate(model, dialect);
    const isSmall = fitsInStack(sizeOf(template.resources, path));
    const homes: Homes = isSmall ? new Map() : nestedStackOf(template, model, ids);
    const stacks = sizesOf(template, homes, path);
    return {
      files: [constructFile({ model, template, ids, homes, zips }, path)],
      diagnostics: stacks.flatMap((stack) => checkStackSize(stack, model.functions.length)),
      takenNames: new Set([...template.resources.map(([name]) => name), ...ownProps]),
      stacks,
      nameOf: propertyName,
    };
  },
};

/** Props that are no parameters of the configuration, as names of parameters. */
const ownProps: readonly string[] = [
  "Name",
  "Zips",
  ...[...knownParameters.values()].map(({ prop }) => pascalCase(prop)),
];

/** Resources of a stack, less some of the user's own. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maxResources = 480;

/** Bytes of a template, less some for what is not a resource. */
const maxBytes = 1_000_000;

function cdkDialect(path: string): Dialect {
  return {
    ...cloudFormationDialect(path),
    fn: (fn, model, ids) => lambdaFunction(fn, { [`Fn::${zipCall}`]: fn.zip.replace(/^.*\//, "") }, model, ids),
  };
}

/** Bytes that a reference in a text takes more in a template of the CDK, which joins texts, and names resources of nested stacks at length. */
const bytesOfReference = 100;

/** The size of resources in a template as the CDK writes it without indentation. */
function sizeOf(resources: Section, path: string): StackSize {
  const texts = resources.map(([, content]) => JSON.stringify(toJson(content, (value) => value)));
  const bytes = texts.map((text) => Buffer.byteLength(text) + (text.split("${").length - 1) * bytesOfReference);
  return {
    path,
    resources: { used: resources.length, most: maxResources },
    bytes: { used: bytes.reduce((sum, one) => sum + one, 0), most: maxBytes },
  };
}

/** The stack that has the construct, and nested ones. */
function sizesOf({ resources }: Template, homes: Homes, path: string): StackSize[] {
  return ["", ...new Set(homes.values())].map((home) => {
    const own = resources.filter(([id]) => (homes.get(id) ?? "") === home);
    return sizeOf(own, home === "" ? path : `${home}Stack of ${path}`);
  });
}
