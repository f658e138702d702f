/** The reference of grpc2lambda.yaml in Markdown, docs/configuration.md: made from schema.json. */
import { resolved, type Schema } from "../settings/schema.js";
import { flagsOf } from "../settings/setting-tables.js";

const head = `# Configuration

The settings live in \`grpc2lambda.yaml\`, in the folder where you run the tool, or in the file that \`--config\` names. Paths are relative to that file.
Many keys have a flag. Flags win over the file, and their paths are relative to the working directory.
Unknown keys are errors with a suggestion.

The first line lets editors complete and check the file:

\`\`\`yaml
# yaml-language-server: $schema=./node_modules/grpc2lambda/schema.json
protos: [proto]
include: [proto]             # like protoc -I; the well-known types, google/api, google/rpc and others come with the tool
out: gen
handlers: src/handlers
template: template.yaml
skip: [acme.v1.Chat.Talk]    # RPCs that stay on a gRPC server: no route, no function
unbound: report              # or ignore: no notes on methods without a rule; bind: they become POST /pkg.Service/Method
transcoding:
  profile: grpc-gateway      # or spec
  gateway: "2.33"            # the grpc-gateway that your clients know: 2.30 or 2.33
deployment:
  runtime: nodejs24.x
  memorySize: 512
  auth: iam                  # or jwt, cognito, lambda, oidc, none
\`\`\`

\`.proto\` text and a descriptor set give the same result.

This page is written by \`npm run settings\` from \`schema.json\`.
`;

/** Sections of the page: a path of schema.json, its title, and the page that explains more. */
const sections: readonly { readonly definition?: string; readonly title: string; readonly more?: string }[] = [
  { title: "Top level" },
  {
    definition: "messageOptions",
    title: "messages",
    more: "[Message styles](message-styles.md) has the presets side by side.",
  },
  {
    definition: "dependency",
    title: "dependencies",
    more: "By name. [Handlers](handlers.md#other-services) explains them.",
  },
  {
    definition: "traffic",
    title: "traffic",
    more: "[Migrating](migrating.md#a-share-of-the-traffic) explains it.",
  },
  {
    definition: "service",
    title: "services",
    more: "By full name of the service. [Handlers](handlers.md) explains implementations and interceptors.",
  },
  { definition: "go", title: "go", more: "[Services in Go](go.md) explains them." },
  {
    definition: "server",
    title: "server",
    more: "An `implementation` that is a server. [Adopting](adopting.md#a-server-file) explains it.",
  },
  {
    definition: "method",
    title: "methods",
    more: "By full name of the RPC: `acme.library.v1.LibraryService.CreateShelf`.",
  },
  {
    definition: "observability",
    title: "observability",
    more: "[Observability](observability.md) explains it.",
  },
  {
    definition: "transcoding",
    title: "transcoding",
    more: "[Transcoding](transcoding.md) has the profiles side by side.",
  },
  {
    definition: "clientStreaming",
    title: "clientStreaming",
    more: "`refuse`, `collect`, or a limit. [Streams](streams.md#streams-of-requests) explains it.",
  },
  {
    definition: "deployment",
    title: "deployment",
    more: "[Deployment](deployment.md) and [front doors](front-doors.md) explain more.",
  },
  {
    definition: "authSettings",
    title: "auth",
    more: "Of the deployment, a service or an RPC: a kind, or these settings. [Authentication](deployment.md#authentication) explains them.",
  },
  {
    definition: "ownAuthorizer",
    title: "authorizer",
    more: "An authorizer of your own, as `function` of `auth`. [Authorizers](deployment.md#authorizers) explains it.",
  },
  {
    definition: "ownRoute",
    title: "routes",
    more: "A list. [Front doors](front-doors.md#routes-of-your-own) explains it.",
  },
  { definition: "fixedAnswer", title: "fixed" },
  { definition: "build", title: "build", more: "[Building](build.md) explains it." },
  {
    definition: "domain",
    title: "domain",
    more: "[Front doors](front-doors.md#domains) explains it.",
  },
  { definition: "cache", title: "cache", more: "[Deployment](deployment.md#caching) explains it." },
  { definition: "usagePlan", title: "usagePlan", more: "[Deployment](deployment.md#api-keys) explains it." },
  { definition: "quota", title: "quota" },
  { definition: "allow", title: "allow", more: "[Front doors](front-doors.md#private-rest-apis) explains it." },
  { definition: "mtls", title: "mtls" },
  { definition: "throttling", title: "throttling", more: "[Deployment](deployment.md#throttling) explains it." },
  { definition: "cors", title: "cors" },
  { definition: "compression", title: "compression" },
  { definition: "vpc", title: "vpc", more: "[Handlers](handlers.md#other-services) explains it." },
  { definition: "accessLogs", title: "accessLogs", more: "[Operations](operations.md#logs) explains them." },
  { definition: "alarms", title: "alarms", more: "[Operations](operations.md#alarms) explains them." },
  { definition: "release", title: "release", more: "[Deployment](deployment.md#releases) explains it." },
  { definition: "largePayloads", title: "largePayloads", more: "[Large payloads](large-payloads.md) explains them." },
  {
    definition: "policy",
    title: "policies",
    more: "A list. An entry is the ARN of a managed policy, or has these keys:",
  },
  {
    definition: "compare",
    title: "compare",
    more: "[Migrating](migrating.md#rules) explains rules and redaction.",
  },
  { definition: "compareRule", title: "compare.rules", more: "A list. An entry has these keys:" },
  {
    definition: "templateValue",
    title: "Values of the template",
    more: "Values of `environment` and resources of `policies` are text, in which `${AWS::Region}`, `${AWS::AccountId}`, `${AWS::Partition}`, `${AWS::StackName}` and `${Stage}` are filled in, or a parameter of the template:",
  },
];

/** The whole page. Throws when the schema has a definition with keys that no section shows. */
export function configurationPage(schema: Schema): string {
  const parts = sections.map(({ definition, title, more }) => {
    const found = definition === undefined ? schema : schema.definitions?.[definition];
    if (found === undefined) throw new Error(`schema.json has no definition "${definition}"`);
    return [`## ${title}`, ...(more === undefined ? [] : [more]), keyTable(schema, found)].join("\n\n");
  });
  refuseOmissions(schema);
  return `${[head.trimEnd(), ...parts].join("\n\n")}\n`;
}

function refuseOmissions(schema: Schema): void {
  const sectioned = new Set(sections.map(({ definition }) => definition));
  const missing = Object.entries(schema.definitions ?? {})
    .filter(([name, definition]) => keysOf(definition) !== undefined && !sectioned.has(name))
    .map(([name]) => `definition ${name}`);
  if (missing.length > 0) throw new Error(`not on the page: ${missing.join(", ")}`);
}

function keyTable(schema: Schema, owner: Schema): string {
  const flags = flagTexts(schema);
  const rows = Object.entries(keysOf(owner) ?? {}).map(([key, property]) => {
    const { text, fallback } = splitDefault(property.description ?? "");
    const required = owner.required?.includes(key) === true || objectOf(owner)?.required?.includes(key) === true;
    const about = [text, flags.get(property)].filter((part) => part !== undefined && part !== "").join(" ");
    return row([`\`${key}\``, valuesOf(schema, property), required ? "required" : fallback, about]);
  });
  return [row(["key", "values", "default", "what it does"]), row(["---", "---", "---", "---"]), ...rows].join("\n");
}

/** The sentence on the flag of a setting. */
function flagTexts(schema: Schema): ReadonlyMap<Schema, string> {
  return new Map(
    flagsOf(schema).map(({ property, flag }) => {
      const negation = flag.no === undefined ? "" : `, \`${flag.name.replace("--", "--no-")}\``;
      return [property, `Flag: \`${flag.name}\`${negation}.`];
    }),
  );
}

/** The keys of an object, or of the object form of something that can also be text. */
function keysOf(schema: Schema): Schema["properties"] {
  return objectOf(schema)?.properties;
}

function objectOf(schema: Schema): Schema | undefined {
  return [schema, schema.then, schema.else].find((form) => form?.properties !== undefined);
}

function splitDefault(description: string): { text: string; fallback: string } {
  const at = description.lastIndexOf("Default: ");
  if (at === -1) return { text: description, fallback: "" };
  return {
    text: description.slice(0, at).trim(),
    fallback: description.slice(at + "Default: ".length).replace(/\.$/, ""),
  };
}

function valuesOf(schema: Schema, property: Schema): string {
  const name = property.$ref?.replace("#/definitions/", "");
  const named = name === undefined ? undefined : namedValues[name];
  if (named !== undefined) return named;
  if (typeof property.additionalProperties === "object") {
    return `by full name, ${valuesOf(schema, property.additionalProperties)}`;
  }
  if (name !== undefined && resolved(schema, property).enum !== undefined)
    return valuesOf(schema, resolved(schema, property));
  if (name !== undefined) return `see [${titleOf(name)}](#${titleOf(name).toLowerCase().replaceAll(" ", "-")})`;
  if (property.then?.$ref !== undefined && property.else?.$ref !== undefined) {
    return `${valuesOf(schema, property.then)}, or ${valuesOf(schema, property.else)}`;
  }
  if (property.then?.$ref !== undefined) {
    const { then } = property;
    return `\`true\`, \`false\`, or ${valuesOf(schema, then)}`;
  }
  if (property.then !== undefined && property.else !== undefined) {
    return `${valuesOf(schema, property.else)}, or named lists`;
  }
  if (property.enum !== undefined) {
    const texts = property.enum.filter(
      (value) =>
        typeof value !== "number" ||
        !property.enum?.some((other) => typeof other === "string" && Number(other) === value),
    );
    return texts.map((value) => `\`${value}\``).join(", ");
  }
  if (property.type === "boolean") return "`true`, `false`";
  if (property.type === "integer" || property.type === "number")
    return property.maximum === undefined
      ? `${property.minimum} and more`
      : `${property.minimum} to ${property.maximum}`;
  if (property.type === "array") return property.maxItems === undefined ? "list" : `list of up to ${property.maxItems}`;
  if (property.properties !== undefined) return nestedKeys(property.properties);
  return "text";
}

function nestedKeys(properties: Readonly<Record<string, Schema>>): string {
  return `\`{ ${Object.keys(properties).join(", ")} }\``;
}

/** Values that need no section. */
const namedValues: Readonly<Record<string, string>> = {
  messages: "see [messages](#messages)",
  auth: "`iam`, `jwt`, `cognito`, `lambda`, `oidc`, `none`, see [auth](#auth)",
  authorizer: "ARN, see [values](#values-of-the-template), or an [authorizer](#authorizer) of your own",
  authKind: "`iam`, `jwt`, `cognito`, `lambda`, `oidc`, `none`",
  tags: "values of the template by name",
  headerLines: "texts by name",
  unlimited: "`unlimited`",
  domainName: "text, see [values](#values-of-the-template)",
  layerArn: "ARN, see [values](#values-of-the-template)",
  keyArn: "ARN, see [values](#values-of-the-template)",
  logKeyArn: "ARN, see [values](#values-of-the-template)",
  deadLetterQueue: "`own`, `none`, or an ARN, see [values](#values-of-the-template)",
  policyArn: "ARN, see [values](#values-of-the-template)",
  arnValue: "ARN, see [values](#values-of-the-template)",
  hostedZone: "text, see [values](#values-of-the-template)",
  path: "path",
  paths: "list of paths",
  names: "list of names",
  moduleExport: "`module#export`",
  implementation: "`module#export`, in Go `import/path.Name`, or `proxy`",
  methodImplementation: "`handlers`, `module#export`, `proxy`",
  proxy: "`proxy`, `proxy:stock`",
  goValue: "`import/path.Name`",
  goValues: "`import/path.Name`, or a list",
  environment: "values by name, see [values](#values-of-the-template)",
  policies: "list, see [policies](#policies)",
};

function titleOf(definition: string): string {
  const section = sections.find((one) => one.definition === definition);
  if (section === undefined) throw new Error(`no section for "${definition}"`);
  return section.title;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
