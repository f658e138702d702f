/** The constructor: parameters, nested stacks, resources, and the members of the class. */
import { type CodeFile, type Lines, templateText } from "../../emit/print/code-file.js";
import { call, construct, literal, member, orElse, template } from "../../emit/print/expression.js";
import { assign, constant } from "../../emit/print/statement.js";
import { referencesOf } from "../cloudformation/references.js";
import { acknowledgeStatement } from "./acknowledgements.js";
import type { ConstructSource, Homes } from "./construct-source.js";
import { logFolder, scopeOf, stackVariable } from "./construct-names.js";
import type { ConstructProps } from "./construct-props.js";
import { type FunctionRecord, recordStatements } from "./function-records.js";
import { exposed, outputLines, type PublicMember } from "./public-members.js";
import { dependenciesOf, inOrder } from "./resource-order.js";
import { resourceStatements, variableOf } from "./resource-statements.js";
import { expressionOf, type Names } from "./template-expression.js";

/** The parts of the class that the constructor makes. */
export interface ConstructorSource extends ConstructSource {
  /** Names as they are within a resource, or outside of any. */
  readonly names: (id: string) => Names;
  readonly props: ConstructProps;
  readonly members: readonly PublicMember[];
  readonly records: readonly FunctionRecord[];
}

/** The statements of the constructor. */
export function constructorLines(source: ConstructorSource, file: CodeFile): Lines[] {
  const { model, template: stack, ids, homes, names, props, members, records } = source;
  const ownStack = call(member(file.use("npm:aws-cdk-lib", "Stack"), "of"), "this");
  return [
    "super(scope, id);",
    ...props.statements,
    constant("stackName", orElse(member("props", "name"), member(ownStack, "stackName"))),
    ...stack.conditions.map(([condition, content]) =>
      constant(variableOf(condition), expressionOf(content, names(""))),
    ),
    ...nestedStacks(homes, file),
    ...resourceLines(source, file),
    "",
    ...members.map(({ name, value }) => assign(member("this", name), value)),
    ...records.flatMap((record) => recordStatements(record, model, ids)),
    ...outputLines(stack, file, names("")),
    acknowledgeStatement(stack, file),
  ];
}

/** Nested stacks by name, and the folders of their logs: a function that moves has its new log group before the old one goes. */
function nestedStacks(homes: Homes, file: CodeFile): Lines[] {
  return [...new Set(homes.values())].sort().flatMap((home) => {
    const stack = construct(file.use("npm:aws-cdk-lib", "NestedStack"), "this", literal(`${home}Stack`));
    const folder = template({ value: "stackName" }, templateText(`/${home}`));
    return [constant(stackVariable(home), stack), constant(logFolder(home), folder)];
  });
}

function resourceLines(source: ConstructorSource, file: CodeFile): Lines[] {
  const { template: stack, homes, names } = source;
  const named = namedResources(source);
  return inOrder(stack.resources).flatMap(([id, content]) => {
    const placed = { id, content, scope: scopeOf(id, homes), isNamed: named.has(id) };
    return ["", ...resourceStatements(placed, file, names(id))];
  });
}

/** Resources that something in the class names. */
function namedResources({ template: { resources, outputs }, model, ids }: ConstructSource): Set<string> {
  const references = [...resources, ...outputs].flatMap(([, content]) => referencesOf(content));
  const imported = model.functions.flatMap((fn) => {
    const id = ids.functions.get(fn.id) ?? fn.id;
    return [`${id}Function`, `${id}Role`, `${id}LogGroup`, `${id}Url`];
  });
  return new Set([
    ...references.map(({ id }) => id),
    ...resources.flatMap(([, content]) => dependenciesOf(content)),
    ...imported,
    ...Object.keys(exposed),
  ]);
}
