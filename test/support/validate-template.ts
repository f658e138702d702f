/** Real validators for deployment templates. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RegoEngine, TemplateFile } from "@aws/cloudformation-validate";
import { Ajv, type ValidateFunction } from "ajv";
import { Pair, parse, YAMLMap } from "yaml";

/** Findings of @aws/cloudformation-validate at WARN and above as `severity rule path: message`; starts its engine on first use. */
export function validateCloudFormation(template: string): string[] {
  engine ??= new RegoEngine();
  const folder = mkdtempSync(join(tmpdir(), "template-"));
  const path = join(folder, "template.yaml");
  try {
    writeFileSync(path, template);
    const { diagnostics } = engine.validateStandard(new TemplateFile(path), { severityLevel: "WARN" });
    return diagnostics.map(
      (finding) => `${finding.severity} ${finding.ruleId} ${finding.propertyPath ?? ""}: ${finding.message}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let engine: InstanceType<typeof RegoEngine> | undefined;

/** SAM's own JSON schema is 750 kB and not ours to ship: it is used where a checkout has it beside it. */
const samSchema = new URL("../../../shared/schemas/sam.schema.json", import.meta.url);

/** Errors by SAM's JSON schema, or undefined where the schema is not there. */
export function validateSam(template: string): string[] | undefined {
  validator ??= compileSamSchema();
  if (validator === undefined) return undefined;
  const valid = validator(parseTemplate(template));
  return valid ? [] : (validator.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

let validator: ValidateFunction | undefined;

function compileSamSchema(): ValidateFunction | undefined {
  if (!existsSync(samSchema)) return undefined;
  const { $schema: _, ...schema } = JSON.parse(readFileSync(samSchema, "utf8"));
  return new Ajv({ strict: false, validateFormats: false }).compile(schema);
}

/** Plain data of a template; `!Ref x` is `{ Ref: x }`, as CloudFormation's JSON has it. */
export function parseTemplate(template: string): Template {
  const scalar = (name: string, key: string) => [
    { tag: `!${name}`, resolve: (text: string) => ({ [key]: key === "Fn::GetAtt" ? text.split(".") : text }) },
  ];
  const list = (name: string, key: string) => [
    { tag: `!${name}`, collection: "seq" as const, resolve: (items: unknown) => createMapOf(key, items) },
  ];
  return parse(template, {
    customTags: [
      ...scalar("Ref", "Ref"),
      ...scalar("Sub", "Fn::Sub"),
      ...scalar("GetAtt", "Fn::GetAtt"),
      ...["If", "Equals", "Not", "Select", "Split", "Sub", "Join"].flatMap((name) => list(name, `Fn::${name}`)),
    ],
  });
}

/** `{ key: items }` as nodes of a document. */
function createMapOf(key: string, items: unknown): YAMLMap {
  const map = new YAMLMap();
  map.items.push(new Pair(key, items));
  return map;
}

/** The parts of a template that tests look at. */
export interface Template {
  readonly Parameters: Record<string, unknown>;
  readonly Globals: Record<string, unknown>;
  readonly Resources: Record<string, TemplateResource>;
  readonly Outputs: Record<string, unknown>;
}

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly Metadata?: Record<string, unknown>;
  readonly DependsOn?: string;
}
