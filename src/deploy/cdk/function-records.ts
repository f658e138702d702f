/** Members of the construct by RPC: functions to grant permissions to, their log groups, and their URLs. */
import { type CodeFile, type Lines, propertyKey, templateText } from "../../emit/print/code-file.js";
import { call, type Expression, member, object } from "../../emit/print/expression.js";
import { assign, constant } from "../../emit/print/statement.js";
import type { FunctionResource, ResourceModel } from "../resources/resource-model.js";
import type { LogicalIds } from "../cloudformation/intrinsics.js";
import { variableOf } from "./resource-statements.js";

/** A member of the class whose members are those of functions. */
export interface FunctionRecord {
  readonly name: string;
  readonly doc: string;
  readonly type: string;
  /** The end of the name of a local variable for a value that several RPCs share. */
  readonly shared: string;
  /** The value for a function, whose logical ids begin with `id`. */
  valueOf(id: string): Expression;
}

/** The names by which users ask for a function: its RPCs and routes, or what it is for. */
export function keysOf({ id, serves }: FunctionResource): readonly string[] {
  return serves.length === 0 ? [id] : serves;
}

/** The records of an API. */
export function functionRecords({ functions }: ResourceModel, file: CodeFile): FunctionRecord[] {
  const lambdaFunction = file.useType("npm:aws-cdk-lib/aws-lambda", "IFunction");
  const logGroup = file.useType("npm:aws-cdk-lib/aws-logs", "ILogGroup");
  const urls: FunctionRecord = {
    name: "urls",
    doc: "Where functions answer.",
    type: "string",
    shared: "Address",
    valueOf: (id) => member(variableOf(`${id}Url`), "attrFunctionUrl"),
  };
  return [
    {
      name: "functions",
      doc: "Functions, for grants, events and metrics. RPCs that share a function have the same one.",
      type: lambdaFunction,
      shared: "Import",
      valueOf: (id) => call("importFunction", variableOf(`${id}Function`), variableOf(`${id}Role`)),
    },
    {
      name: "logGroups",
      doc: "Log groups of functions.",
      type: logGroup,
      shared: "Logs",
      valueOf: (id) => call("importLogGroup", variableOf(`${id}LogGroup`)),
    },
    ...(functions.some(({ url }) => url !== undefined) ? [urls] : []),
  ];
}

/** The statements that fill a record; a value that several keys share is made once. */
export function recordStatements(record: FunctionRecord, { functions }: ResourceModel, ids: LogicalIds): Lines[] {
  const shared: Lines[] = [];
  const members = functions.flatMap((fn) => {
    const keys = keysOf(fn);
    const id = ids.functions.get(fn.id) ?? fn.id;
    const value = record.valueOf(id);
    if (keys.length === 1 || typeof value === "string") return keys.map((key) => [propertyKey(key), value] as const);
    const local = variableOf(`${id}${record.shared}`);
    shared.push(constant(local, value));
    return keys.map((key) => [propertyKey(key), local] as const);
  });
  return [...shared, assign(member("this", record.name), object(...members))];
}

/** The functions at the end of the file that make members of records. */
export function importFunctions({ shared }: ResourceModel, file: CodeFile): Lines[] {
  const type = (module: string, name: string): string => file.useType(`npm:aws-cdk-lib/${module}`, name);
  const path = (shared.roles.path ?? "/").replace(/^\//, "");
  const roleName = path === "" ? "role.ref" : `\`${templateText(path)}\${role.ref}\``;
  const fromAttributes = `${file.use("npm:aws-cdk-lib", "aws_lambda")}.Function.fromFunctionAttributes`;
  return [
    "",
    "/** A function with its role, as other constructs take it. */",
    `function importFunction(fn: ${type("aws-lambda", "CfnFunction")}, role: ${type("aws-iam", "CfnRole")}): ${type("aws-lambda", "IFunction")} {`,
    [
      `return ${fromAttributes}(fn, "Import", {`,
      [
        "functionArn: fn.attrArn,",
        `role: ${file.use("npm:aws-cdk-lib/aws-iam", "Role")}.fromRoleName(fn, "ImportedRole", ${roleName}),`,
        "sameEnvironment: true,",
      ],
      "});",
    ],
    "}",
    "",
    "/** A log group as other constructs take it. */",
    `function importLogGroup(logGroup: ${type("aws-logs", "CfnLogGroup")}): ${type("aws-logs", "ILogGroup")} {`,
    [
      `return ${file.use("npm:aws-cdk-lib/aws-logs", "LogGroup")}.fromLogGroupArn(logGroup, "Import", logGroup.attrArn);`,
    ],
    "}",
  ];
}
