/** What the validators do not see: each function `lint…` returns the offences it found. */
import type { Template, TemplateResource } from "../support/validate-template.js";

/** Every offence of a template against the rules of this project. */
export function lintTemplate(template: Template): string[] {
  return [
    ...lintFunctions(template),
    ...lintWildcards(template),
    ...lintLogs(template),
    ...lintPermissions(template),
    ...lintRoutes(template),
    ...lintNames(template),
  ];
}

function resources(template: Template, type: string): [string, TemplateResource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** Every function has a role and a log group of its own. */
function lintFunctions(template: Template): string[] {
  const seen = new Set<string>();
  return resources(template, "AWS::Serverless::Function").flatMap(([id, { Properties: properties }]) => {
    const role = target(properties.Role);
    const group = target((properties.LoggingConfig as { LogGroup?: unknown } | undefined)?.LogGroup);
    const offences: string[] = [];
    if (template.Resources[role]?.Type !== "AWS::IAM::Role") offences.push(`${id}: no role`);
    if (template.Resources[group]?.Type !== "AWS::Logs::LogGroup") offences.push(`${id}: no log group`);
    for (const own of [role, group]) if (seen.has(own)) offences.push(`${id}: shares ${own}`);
    seen.add(role).add(group);
    return offences;
  });
}

/** `*` only where IAM knows no resources: X-Ray, network interfaces. No wildcard actions, no managed policies but ReadOnly ones. */
function lintWildcards(template: Template): string[] {
  return resources(template, "AWS::IAM::Role").flatMap(([id, { Properties: properties }]) => {
    const policies = (properties.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
    const statements = policies.flatMap((policy) => policy.PolicyDocument.Statement);
    const offences = statements.flatMap((statement) => {
      const actions = [statement.Action].flat();
      const wild = actions.filter((action) => action.includes("*"));
      const nameless = actions.every((action) =>
        /^(?:xray:Put|ec2:\w+(?:NetworkInterface|Subnet|PrivateIp))/.test(action),
      );
      const everywhere = statement.Resource === "*" && !nameless;
      return [...wild.map((action) => `${id}: action ${action}`), ...(everywhere ? [`${id}: ${actions} on *`] : [])];
    });
    const managed = ((properties.ManagedPolicyArns ?? []) as string[]).filter((arn) => !arn.includes("ReadOnly"));
    return [...offences, ...managed.map((arn) => `${id}: managed policy ${arn}`)];
  });
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

function lintLogs(template: Template): string[] {
  return resources(template, "AWS::Logs::LogGroup")
    .filter(([, { Properties: properties }]) => target(properties.RetentionInDays) !== "LogRetentionDays")
    .map(([id]) => `${id}: logs are kept for ever`);
}

/** One permission for each pair of function and API, whatever the number of routes. */
function lintPermissions(template: Template): string[] {
  const functions = resources(template, "AWS::Serverless::Function").map(([id]) => id);
  const permitted = resources(template, "AWS::Lambda::Permission").map(([, resource]) =>
    target(resource.Properties.FunctionName),
  );
  return functions
    .map((id) => ({ id, count: permitted.filter((other) => other === id).length }))
    .filter(({ count }) => count !== 1)
    .map(({ id, count }) => `${id}: ${count} permissions`);
}

/** No two routes that an API takes for one; every route leads to a function. */
function lintRoutes(template: Template): string[] {
  const paths = pathsOf(template);
  const seen = new Set<string>();
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const offences: string[] = [];
      const identity = `${method} ${path.replaceAll(/\{\w+(\+?)\}/g, "{$1}")}`;
      if (seen.has(identity)) offences.push(`${identity}: twice`);
      seen.add(identity);
      const [, id = ""] = /\$\{(\w+)\.Arn\}/.exec(operation["x-amazon-apigateway-integration"].uri["Fn::Sub"]) ?? [];
      if (template.Resources[id]?.Type !== "AWS::Serverless::Function") offences.push(`${identity}: no function`);
      const declared = (operation.parameters ?? []).map((parameter) => parameter.name).join();
      const used = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name).join();
      if (declared !== used) offences.push(`${identity}: parameters ${declared}, expected ${used}`);
      return offences;
    }),
  );
}

/** The `paths` of the API's OpenAPI document: operations by path and method. */
export function pathsOf(template: Template): Readonly<Record<string, Readonly<Record<string, Operation>>>> {
  return resources(template, "AWS::Serverless::HttpApi").reduce((paths, [, { Properties: properties }]) => {
    return Object.assign(paths, (properties.DefinitionBody as { paths: object }).paths);
  }, {});
}

/** The part of an OpenAPI operation that is looked at. */
export interface Operation {
  readonly parameters?: readonly { readonly name: string }[];
  readonly security?: unknown;
  readonly "x-amazon-apigateway-auth"?: unknown;
  readonly "x-amazon-apigateway-integration": { readonly uri: { readonly "Fn::Sub": string } };
}

/** Logical ids are alphanumeric; names that AWS limits are within the limits; nothing has a secret's name. */
function lintNames(template: Template): string[] {
  return Object.entries(template.Resources).flatMap(([id, { Type: type, Properties: properties }]) => {
    const offences: string[] = [];
    if (!/^[A-Za-z0-9]{1,255}$/.test(id)) offences.push(`${id}: logical id`);
    for (const fixed of fixedNames(type)) if (fixed in properties) offences.push(`${id}: fixed ${fixed}`);
    const description = properties.Description;
    if (typeof description === "string" && [...description].length > 256) offences.push(`${id}: long description`);
    const text = JSON.stringify(properties);
    if (text.includes("{{resolve:")) offences.push(`${id}: dynamic reference`);
    return offences;
  });
}

/** Names that would keep two stacks from living in one account. */
function fixedNames(type: string): readonly string[] {
  return type === "AWS::Lambda::Permission" ? [] : ["FunctionName", "RoleName"];
}

/** The logical id that `!Ref`, `!GetAtt` or neither names. */
function target(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const reference = value as { Ref?: string; "Fn::GetAtt"?: readonly string[] };
  return reference.Ref ?? reference["Fn::GetAtt"]?.[0] ?? "";
}
