/** A resource of the template -> the construct that stands for it. */
import { type CodeFile, lineComment, type Lines } from "../../emit/print/code-file.js";
import { call, callMethod, construct, type Expression, literal, member } from "../../emit/print/expression.js";
import { assign, constant, guard, run } from "../../emit/print/statement.js";
import { referencesOf } from "../cloudformation/references.js";
import { callOf } from "../cloudformation/print/function-call.js";
import { typeOf } from "../cloudformation/resource-type.js";
import { type Document, type DocumentForm, entries, formOf } from "../resources/document.js";
import { propertyName } from "./property-name.js";
import { memberOf, membersOf, notesOf } from "./resource-members.js";
import { dependenciesOf } from "./resource-order.js";
import { expressionOf, type Names } from "./template-expression.js";

/** A resource, and what its statements need to know of the others. */
export interface PlacedResource {
  readonly id: string;
  readonly content: Document;
  /** The construct that it is in: `this`, or a nested stack. */
  readonly scope: string;
  /** Something else in the class names it. */
  readonly isNamed: boolean;
}

/** The local variable of a resource: `httpApi`. */
export function variableOf(id: string): string {
  return id.slice(0, 1).toLowerCase() + id.slice(1);
}

/** The remark, the construct, and what the CDK says in statements of its own. */
export function resourceStatements(
  { id, content, scope, isNamed }: PlacedResource,
  file: CodeFile,
  names: Names,
): Lines[] {
  const [module, name] = classOf(typeOf(content));
  const properties = membersOf(memberOf(content, "Properties"));
  const later = properties.filter(([, value]) => isOptional(value));
  const props = properties.filter(([, value]) => !isOptional(value));
  const made = construct(
    file.use(`npm:aws-cdk-lib/${module}`, name),
    scope,
    literal(id),
    ...(props.length === 0 ? [] : [expressionOf(entries(props), names)]),
  );
  const more = [
    ...later.map(([key, value]) => assignLater(id, key, value, names)),
    ...attributeStatements(id, content, file, names),
  ];
  return [
    ...notesOf(content).map(lineComment),
    isNamed || more.length > 0 ? constant(variableOf(id), made) : run(made),
    ...more,
  ];
}

/** `AWS::Lambda::Function` -> `aws-lambda`, `CfnFunction`. */
export function classOf(type: string): readonly [module: string, name: string] {
  const [, service = "", resource = ""] = type.split("::");
  return [`aws-${service.toLowerCase()}`, `Cfn${resource}`];
}

/** A property that is there under a condition: the CDK's types know no undefined ones. */
function isOptional(value: Document): boolean {
  return optionalParts(value) !== undefined;
}

function optionalParts(value: Document): { readonly condition: string; readonly content: Document } | undefined {
  const called = callOf(value);
  const form: DocumentForm | undefined = called?.name === "If" ? formOf(called.argument) : undefined;
  const [condition, content, otherwise] = form?.kind === "list" ? form.items : [];
  const other = otherwise === undefined ? undefined : callOf(otherwise);
  if (content === undefined || other?.name !== "Ref" || other.argument !== "AWS::NoValue") return undefined;
  return { condition: String(condition), content };
}

function assignLater(id: string, key: string, value: Document, names: Names): Lines {
  const parts = optionalParts(value);
  const place = member(variableOf(id), propertyName(key));
  if (parts === undefined) return assign(place, expressionOf(value, names));
  return guard(names.condition(parts.condition), assign(place, expressionOf(parts.content, names)));
}

/** Statements for dependencies, metadata, and what becomes of a resource. */
function attributeStatements(id: string, content: Document, file: CodeFile, names: Names): Lines[] {
  const own = variableOf(id);
  const policy = memberOf(content, "DeletionPolicy");
  const metadata = memberOf(content, "Metadata");
  const updates = memberOf(content, "UpdatePolicy");
  const options = (name: string): Expression => member(member(own, "cfnOptions"), name);
  return [
    ...dependenciesOf(content).map((other) => run(callMethod(member(own, "node"), "addDependency", variableOf(other)))),
    ...(policy === undefined ? [] : [run(callMethod(own, "applyRemovalPolicy", removalPolicy(policy, file)))]),
    ...(typeOf(content) === "AWS::Lambda::Version" ? [nameVersion(id, content)] : []),
    ...(metadata === undefined ? [] : [assign(options("metadata"), expressionOf(metadata, names, false))]),
    ...(updates === undefined ? [] : [assign(options("updatePolicy"), expressionOf(updates, names))]),
  ];
}

function removalPolicy(policy: Document, file: CodeFile): Expression {
  return member(file.use("npm:aws-cdk-lib", "RemovalPolicy"), policy === "Retain" ? "RETAIN" : "DESTROY");
}

/** A version with a name of what it freezes, which the CDK knows when it synthesises. */
function nameVersion(id: string, content: Document): Lines {
  const [fn] = referencesOf(content);
  return run(call("nameVersion", variableOf(id), variableOf(fn?.id ?? id)));
}
