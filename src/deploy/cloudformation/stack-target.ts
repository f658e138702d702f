/** A target whose files are templates of CloudFormation, in a dialect. */
import { parse } from "yaml";
import type { OutputFile } from "../../output/output-tree.js";
import type { TargetId } from "../../plan/deployment-target-id.js";
import type { Layout } from "../../plan/plan.js";
import { checkStackSize, fitsInStack, isWithin } from "../check/check-stack-size.js";
import type { DeploymentTarget, StackSize } from "../deployment-target.js";
import { listedResources, membersOf } from "../listed-resources.js";
import type { ResourceModel } from "../resources/resource-model.js";
import type { AdditionalResources, Dialect } from "./dialect.js";
import { printTemplate } from "./print/print-template.js";
import { typeOf } from "./resource-type.js";
import { splitStack } from "./split-stack.js";
import { buildTemplate } from "./template.js";
import type { Template } from "./sections.js";

/** Makes the target of a dialect. */
export function stackTarget(id: TargetId, title: string, dialectOf: (layout: Layout) => Dialect): DeploymentTarget {
  return {
    id,
    title,
    listFunctions: () => namesOfStack,
    listResources: stackResources,
    deploy: (model, layout) => {
      const dialect = dialectOf(layout);
      const template = buildTemplate(model, dialect);
      const stacks = printStacks(template, model, dialect, layout.template);
      return {
        files: stacks.map(({ path, content }): OutputFile => ({ path, content, ownership: "generated" })),
        diagnostics: stacks.flatMap((stack) => checkStackSize(sizeOf(stack), model.functions.length)),
        takenNames: new Set(template.resources.map(([name]) => name)),
        stacks: stacks.map(sizeOf),
        nameOf: (parameter) => parameter,
      };
    },
  };
}

const list = "aws cloudformation list-stack-resources --output text";

/** CloudFormation makes the names: the stack knows them, and nested stacks those of their functions. */
export const namesOfStack: readonly string[] = [
  `nested=$(${list} --stack-name "$stack" --query "StackResourceSummaries[?ResourceType=='AWS::CloudFormation::Stack'].PhysicalResourceId") || exit 1`,
  'names=$(for each in "$stack" $nested; do',
  `  ${list} --stack-name "$each" --query "StackResourceSummaries[?ResourceType=='AWS::Lambda::Function'].PhysicalResourceId" || exit 1`,
  "done) || exit 1",
];

/** `AWS::SQS::Queue DeadLetterQueue`, of each. */
function stackResources(text: string): readonly string[] {
  return listedResources(
    () => parse(text, { logLevel: "silent" }),
    ({ Resources: resources }) =>
      Object.entries(membersOf(resources)).map(([id, content]) => `${String(membersOf(content)["Type"])} ${id}`),
  );
}

/** A stack as it is written down. */
interface Stack {
  /** Relative to the project root. */
  readonly path: string;
  readonly content: string;
  readonly resources: number;
}

/** Resources of a stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maxResources = 500;

/** Bytes of a template. */
const maxBytes = 1_048_576;

function sizeOf({ path, content, resources }: Stack): StackSize {
  return {
    path,
    resources: { used: resources, most: maxResources },
    bytes: { used: Buffer.byteLength(content), most: maxBytes },
  };
}

/** One stack, or a root with nested ones where that is more than a stack holds. */
function printStacks(template: Template, model: ResourceModel, dialect: Dialect, path: string): Stack[] {
  const additional = dialect.additional(model);
  const print = (one: Template, at: string): Stack => {
    const content = printTemplate(one, dialect.commands(model));
    return { path: at, content, resources: countResources(one, additional) };
  };
  const resources = { used: countResources(template, additional), most: maxResources };
  const whole = isWithin(resources) ? print(template, path) : undefined;
  if (whole !== undefined && fitsInStack(sizeOf(whole))) return [whole];
  const { root, nested } = splitStack(template, model, dialect, (name) => `./${nestedName(path, name)}`);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return [
    print(root, path),
    ...nested.map((stack) => print(stack.template, `${folder}${nestedName(path, stack.name)}`)),
  ];
}

/** `template.library-service.yaml`, beside `template.yaml`. */
function nestedName(path: string, stack: string): string {
  const words = stack.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  const file = path.slice(path.lastIndexOf("/") + 1);
  return /\.\w+$/.test(file) ? file.replace(/(\.\w+)$/, `.${words}$1`) : `${file}.${words}`;
}

/** The number of resources in the stack, those that the dialect's types make included. */
export function countResources({ resources }: Template, { each, once }: AdditionalResources): number {
  return resources.reduce((count, [, content]) => count + 1 + (each[typeOf(content)] ?? 0), once);
}

/** The project's root as seen from the template, in whose folder paths begin: `""`, or `../../`. */
export function rootFrom(template: Layout["template"]): string {
  return "../".repeat(template.split("/").length - 1);
}
