/** The props of the construct: what a template has as parameters. */
import { type CodeFile, docComment, type Lines, stringLiteral } from "../../emit/print/code-file.js";
import { call, type Expression, literal, member, orElse } from "../../emit/print/expression.js";
import { constant, run } from "../../emit/print/statement.js";
import type { Parameter, ParameterType } from "../resources/resource-model.js";
import { type KnownParameter, knownParameters, optionalCertificate } from "./known-parameters.js";
import { propertyName } from "./property-name.js";

/** A property of the props. */
interface Prop {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly doc: string;
}

/** The props of a construct, and the values of parameters in its constructor. */
export interface ConstructProps {
  readonly props: readonly Prop[];
  /** Local variables of the constructor, and checks of what they hold. */
  readonly statements: readonly Lines[];
  /** The value of a parameter by its name. */
  readonly values: ReadonlyMap<string, Expression>;
  /** The names of functions at the end of the file that the statements call. */
  readonly checks: ReadonlySet<Check>;
}

/** A function that refuses values which deploying would refuse. */
export type Check = "expectText" | "expectNumber";

const types: Readonly<Record<ParameterType, string>> = {
  text: "string",
  number: "number",
  texts: "string[]",
  vpc: "string",
  subnets: "string[]",
  securityGroups: "string[]",
};

/** The parameters as props, those of the constructs first that deploying needs, then those with defaults. */
export function constructProps(parameters: readonly Parameter[], zips: string, file: CodeFile): ConstructProps {
  const props = new Map<string, Prop>();
  const values = new Map<string, Expression>();
  const statements: Lines[] = [];
  const checks = new Set<Check>();
  const given = new Set(parameters.map(({ name }) => name));
  for (const parameter of parameters) {
    const found = knownOf(parameter);
    if (found === undefined) plainParameter(parameter, file, { props, values, statements, checks });
    else {
      const needed = found.needs === undefined || given.has(found.needs) ? undefined : knownParameters.get(found.needs);
      for (const one of needed === undefined ? [found] : [needed, found]) props.set(one.prop, knownProp(one, file));
      const name = localName(parameter);
      values.set(parameter.name, name);
      statements.push(constant(name, found.read(member("props", found.prop))));
    }
  }
  const all = [...props.values(), ...ownProps(zips)];
  statements.push(constant("zips", orElse(member("props", "zips"), literal(zips))));
  const sorted = [...all.filter(({ isOptional }) => !isOptional), ...all.filter(({ isOptional }) => isOptional)];
  return { props: sorted, statements, values, checks };
}

/** Props that stand for no parameter. */
function ownProps(zips: string): Prop[] {
  return [
    {
      name: "name",
      type: "string",
      isOptional: true,
      doc: "Begins the names of log groups, alarms and dashboards: two APIs of one stack need different ones. Default: the name of the stack.",
    },
    {
      name: "zips",
      type: "string",
      isOptional: true,
      doc: `Folder of the zips that \`grpc2lambda build\` has made. Default: ${zips} in the working directory.`,
    },
  ];
}

function knownOf({ name, default: fallback }: Parameter): KnownParameter | undefined {
  const found = knownParameters.get(name);
  return found !== undefined && name === "CertificateArn" && fallback !== undefined ? optionalCertificate : found;
}

function knownProp(
  { prop, type: [module, type], isOptional = false, isList = false, doc }: KnownParameter,
  file: CodeFile,
): Prop {
  const local = file.useType(`npm:aws-cdk-lib/${module}`, type);
  return { name: prop, type: isList ? `readonly ${local}[]` : local, isOptional, doc };
}

/** The name of a parameter's local variable. */
function localName({ name }: Parameter): string {
  return propertyName(name);
}

function plainParameter(
  parameter: Parameter,
  file: CodeFile,
  {
    props,
    values,
    statements,
    checks,
  }: { props: Map<string, Prop>; values: Map<string, Expression>; statements: Lines[]; checks: Set<Check> },
): void {
  const { default: fallback, pattern, least, description, note } = parameter;
  const name = localName(parameter);
  const more = [note, fallback === undefined || fallback === "" ? undefined : `Default: ${fallback}.`];
  const doc = [description, ...more].filter((text) => text !== undefined).join(" ");
  props.set(name, { name, type: typeOf(parameter, file), isOptional: fallback !== undefined, doc });
  values.set(parameter.name, fallback === undefined ? member("props", name) : name);
  if (fallback !== undefined) statements.push(constant(name, orElse(member("props", name), defaultOf(fallback))));
  const value = values.get(parameter.name) ?? name;
  if (pattern !== undefined && parameter.type === "text") {
    statements.push(run(call("expectText", literal(name), value, `/^(?:${pattern.replaceAll("/", "\\/")})$/`)));
    checks.add("expectText");
  }
  if (least !== undefined) {
    statements.push(run(call("expectNumber", literal(name), value, String(least))));
    checks.add("expectNumber");
  }
}

function defaultOf(fallback: string | number): Expression {
  return typeof fallback === "number" ? String(fallback) : literal(fallback);
}

function typeOf({ name, type, choices }: Parameter, file: CodeFile): string {
  if (name === "LogRetentionDays") return file.useType("npm:aws-cdk-lib/aws-logs", "RetentionDays");
  if (choices === undefined) return types[type];
  return choices.map((choice) => (typeof choice === "number" ? choice : stringLiteral(choice))).join(" | ");
}

/** The members of an interface. */
export function propLines(props: readonly Prop[]): Lines[] {
  return props.flatMap(({ name, type, isOptional, doc }) => [
    ...docComment(doc),
    `readonly ${name}${isOptional ? "?" : ""}: ${type};`,
  ]);
}

/** The functions that statements of the constructor call. */
export function checkFunctions(checks: ReadonlySet<Check>, file: CodeFile): Lines[] {
  if (checks.size === 0) return [];
  const token = file.use("npm:aws-cdk-lib", "Token");
  const bodies: Readonly<Record<Check, Lines[]>> = {
    expectText: [
      "",
      "/** Refuses text that deploying would refuse; text that is known only then passes. */",
      "function expectText(name: string, text: string, pattern: RegExp): void {",
      [
        `if (${token}.isUnresolved(text) || pattern.test(text)) return;`,
        "throw new Error(`${name}: expected text that matches ${pattern.source}, found ${JSON.stringify(text)}`);",
      ],
      "}",
    ],
    expectNumber: [
      "",
      "/** Refuses a number that deploying would refuse; one that is known only then passes. */",
      "function expectNumber(name: string, value: number, least: number): void {",
      [
        `if (${token}.isUnresolved(value) || value >= least) return;`,
        "throw new Error(`${name}: expected a number of ${least} at least, found ${value}`);",
      ],
      "}",
    ],
  };
  return [...checks].sort().flatMap((check) => bodies[check]);
}
