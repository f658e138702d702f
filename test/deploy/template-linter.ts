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
    ...lintResources(template),
    ...lintRules(template),
    ...lintTargetGroups(template),
    ...lintNames(template),
    ...lintStages(template),
    ...lintCode(template),
  ];
}

/** SAM deploys a second stage, which nothing protects, unless the version of the document is a property. */
function lintStages(template: Template): string[] {
  const apis = resources(template, "AWS::Serverless::Api");
  const permissions = JSON.stringify(resources(template, "AWS::Lambda::Permission"));
  return [
    ...apis.filter(([, api]) => api.Properties.OpenApiVersion === undefined).map(([id]) => `${id}: a second stage`),
    ...apis.filter(([id]) => permissions.includes(`\${${id}}/*/`)).map(([id]) => `${id}: every stage may call`),
  ];
}

/**
 * A function is a zip of its own, or `sam build` bundles it. That takes texts alone: a plain false is dropped, and maps then hold the source of
 * every file.
 */
function lintCode(template: Template): string[] {
  const functions = resources(template, "AWS::Serverless::Function");
  const places = functions.map(([, { Properties: properties }]) => String(properties.CodeUri));
  return functions.flatMap(([id, { Properties: properties, Metadata: metadata }]) => {
    const place = String(properties.CodeUri);
    if (metadata?.BuildMethod === undefined) {
      if (!place.endsWith(".zip")) return [`${id}: sources that nothing bundles`];
      return places.filter((other) => other === place).length > 1 ? [`${id}: another function's zip`] : [];
    }
    if (place.endsWith(".zip")) return [`${id}: a zip that sam build would bundle`];
    const { BuildProperties: built } = metadata as { BuildProperties?: { SourcesContent?: unknown } };
    return built?.SourcesContent === "false" ? [] : [`${id}: sources in its map`];
  });
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

/** `*` only where IAM knows no resources: X-Ray, network interfaces. No wildcard actions, no managed policies but ReadOnly ones and that of the account's log role. */
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
    const managed = ((properties.ManagedPolicyArns ?? []) as unknown[])
      .map((arn) => JSON.stringify(arn))
      .filter((arn) => !/ReadOnly|AmazonAPIGatewayPushToCloudWatchLogs/.test(arn));
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

/** One permission for each pair of function and API, whatever the number of routes; for a URL none, or two where it is open. */
function lintPermissions(template: Template): string[] {
  const functions = resources(template, "AWS::Serverless::Function").map(([id]) => id);
  const permitted = resources(template, "AWS::Lambda::Permission").map(([, resource]) =>
    target(resource.Properties.FunctionName),
  );
  const urls = new Map(
    resources(template, "AWS::Lambda::Url").map(([, { Properties: properties }]) => [
      target(properties.TargetFunctionArn),
      properties.AuthType,
    ]),
  );
  return functions
    .map((id) => ({ id, count: permitted.filter((other) => other === id).length }))
    .filter(({ id, count }) => count !== (urls.has(id) ? (urls.get(id) === "NONE" ? 2 : 0) : 1))
    .map(({ id, count }) => `${id}: ${count} permissions`);
}

/** The resources of a REST API have one variable below each, greedy or not, and characters that the API takes. */
function lintResources(template: Template): string[] {
  if (resources(template, "AWS::Serverless::Api").length === 0) return [];
  const variables = new Map<string, string>();
  return Object.keys(pathsOf(template)).flatMap((path) => {
    const parts = path.split("/").slice(1);
    return parts.flatMap((part, at) => {
      if (!/^(?:[\w.,:$-]*|\{\w+\+?\})$/.test(part)) return [`${path}: part ${part}`];
      if (!part.startsWith("{")) return [];
      const parent = parts.slice(0, at).join("/");
      const first = variables.get(parent) ?? part;
      variables.set(parent, first);
      return first === part ? [] : [`${path}: two variables, ${first} and ${part}`];
    });
  });
}

interface RuleProperties {
  readonly Priority: number;
  readonly Conditions: readonly {
    readonly HttpRequestMethodConfig?: { readonly Values: readonly string[] };
    readonly PathPatternConfig?: { readonly Values?: readonly string[]; readonly RegexValues?: readonly string[] };
  }[];
  readonly Actions: readonly { readonly TargetGroupArn?: unknown }[];
}

/** Quotas of rules: values, characters, priorities; every rule leads to a target group. */
function lintRules(template: Template): string[] {
  const priorities = new Set<number>();
  return resources(template, "AWS::ElasticLoadBalancingV2::ListenerRule").flatMap(([id, resource]) => {
    const rule = resource.Properties as unknown as RuleProperties;
    const methods = rule.Conditions.flatMap(({ HttpRequestMethodConfig: config }) => config?.Values ?? []);
    const patterns = rule.Conditions.flatMap(({ PathPatternConfig: config }) => config?.Values ?? []);
    const regexes = rule.Conditions.flatMap(({ PathPatternConfig: config }) => config?.RegexValues ?? []);
    const paths = [...patterns, ...regexes];
    const offences: string[] = [];
    if (priorities.has(rule.Priority)) offences.push(`${id}: priority ${rule.Priority} twice`);
    priorities.add(rule.Priority);
    if (paths.length === 0 || paths.length > 3) offences.push(`${id}: ${paths.length} paths`);
    if (methods.length + paths.length > 5) offences.push(`${id}: more than 5 values`);
    for (const path of paths) if (path.length > 128) offences.push(`${id}: ${path.length} characters`);
    for (const path of patterns) if (!/^[\w.$/~"'@:+&*-]+$/.test(path)) offences.push(`${id}: characters of ${path}`);
    const groups = rule.Actions.map((action) => target(action.TargetGroupArn)).filter((name) => name !== "");
    if (template.Resources[groups[0] ?? ""]?.Type !== "AWS::ElasticLoadBalancingV2::TargetGroup")
      offences.push(`${id}: leads nowhere`);
    return offences;
  });
}

/** A function becomes a target after its permission exists, and gets lists of header values. */
function lintTargetGroups(template: Template): string[] {
  return resources(template, "AWS::ElasticLoadBalancingV2::TargetGroup").flatMap(([id, resource]) => {
    const { Targets: targets, TargetGroupAttributes: attributes } = resource.Properties;
    const offences: string[] = [];
    const fn = target((targets as { Id: unknown }[])[0]?.Id);
    const permission = template.Resources[resource.DependsOn ?? ""];
    if (target(permission?.Properties.FunctionName) !== fn) offences.push(`${id}: before its permission`);
    const [name = ""] = (resource.Properties.Name as { "Fn::Sub": readonly string[] })["Fn::Sub"];
    const length = name.replace("${Suffix}", "12345678").length;
    if (length > 32 || !/^[a-z0-9][a-z0-9-]*\$\{Suffix\}$/.test(name)) offences.push(`${id}: name ${name}`);
    const granted = JSON.stringify(permission?.Properties.SourceArn ?? "");
    if (!granted.includes(`:targetgroup/${name}/*`)) offences.push(`${id}: not the one that is permitted`);
    const isMulti = (attributes as { Key: string; Value: string }[]).some(
      ({ Key: key, Value: value }) => key === "lambda.multi_value_headers.enabled" && value === "true",
    );
    return isMulti ? offences : [...offences, `${id}: single values`];
  });
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
      const parameters = operation.parameters ?? [];
      const inPath = parameters.filter((parameter) => parameter.in === "path");
      const declared = inPath.map((parameter) => parameter.name).join();
      const used = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name).join();
      if (declared !== used) offences.push(`${identity}: parameters ${declared}, expected ${used}`);
      const known = parameters.map(
        ({ in: place, name }) => `method.request.${place.replace("query", "querystring")}.${name}`,
      );
      const key = operation["x-amazon-apigateway-integration"].cacheKeyParameters;
      if (key !== undefined && key.join() !== known.join()) offences.push(`${identity}: key ${key}, expected ${known}`);
      return offences;
    }),
  );
}

/** The `paths` of the API's OpenAPI document: operations by path and method. */
export function pathsOf(template: Template): Readonly<Record<string, Readonly<Record<string, Operation>>>> {
  const apis = [...resources(template, "AWS::Serverless::HttpApi"), ...resources(template, "AWS::Serverless::Api")];
  return apis.reduce((paths, [, { Properties: properties }]) => {
    return Object.assign(paths, (properties.DefinitionBody as { paths: object }).paths);
  }, {});
}

/** The part of an OpenAPI operation that is looked at. */
export interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly security?: unknown;
  readonly "x-amazon-apigateway-auth"?: unknown;
  readonly "x-amazon-apigateway-integration": {
    readonly uri: { readonly "Fn::Sub": string };
    readonly responseTransferMode?: string;
    readonly timeoutInMillis?: number;
    readonly cacheKeyParameters?: readonly string[];
  };
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
    // Only the secret of a login's client may be one, and it may be nothing else.
    const others = text.replace(
      /"ClientSecret":(?:\{"Fn::Sub":)?"\{\{resolve:secretsmanager:[^"{}]*(?:\$\{\w+(?:::\w+)?\}[^"{}]*)*:SecretString\}\}"/g,
      "",
    );
    if (others.includes("{{resolve:")) offences.push(`${id}: dynamic reference`);
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
