/**
 * The schemas of Terraform's AWS provider, from the description that the package @cdktn/provider-aws has of its classes (`.jsii`): a
 * property of a configuration is an argument, one whose type is a structure is a block, and a property of the class alone is computed.
 */

const documented = /\/docs\/(resources|data-sources)\/(\w+)#(\w+)/;

/** `{ resources, dataSources }` of the types that `wanted` names (`aws_lambda_function`), in the form that provider/main.go reads. */
export function schemasOf(assembly, wanted) {
  const schemas = { resources: {}, dataSources: {} };
  for (const type of Object.values(assembly.types)) {
    const kind = { "cdktn.TerraformResource": "resources", "cdktn.TerraformDataSource": "dataSources" }[type.base];
    // The other name is that of a resource whose configuration would have the name of something else.
    const config = assembly.types[`${type.fqn}Config`] ?? assembly.types[`${type.fqn}ConfigA`];
    if (kind === undefined || config === undefined) continue;
    const name = terraformName(type);
    if (name === undefined || !wanted.has(name)) continue;
    schemas[kind][name] = withComputed(blockOf(config, assembly), type);
  }
  return schemas;
}

function terraformName({ docs }) {
  const [, name] = /\/docs\/(?:resources|data-sources)\/\w+ (aws_\w+)\}/.exec(docs?.summary ?? "") ?? [];
  return name;
}

function blockOf({ properties = [] }, assembly) {
  const attributes = {};
  const blocks = {};
  for (const property of properties) {
    const text = `${property.docs?.summary ?? ""} ${property.docs?.remarks ?? ""}`;
    const [, , , name] = documented.exec(text) ?? [];
    if (name === undefined) continue;
    const isRequired = property.optional !== true;
    const structure = structureOf(property.type, assembly);
    if (structure === undefined)
      attributes[name] = { type: typeOf(property.type), required: isRequired, optional: !isRequired };
    else {
      const known = assembly.types[`${structure.fqn}OutputReference`] ?? {};
      blocks[name] = { block: withComputed(blockOf(structure, assembly), known), required: isRequired };
    }
  }
  return { attributes, blocks };
}

/** Properties that the class of a resource or of a block has and its configuration has not. */
function withComputed(block, { properties = [] }) {
  for (const { name, type, static: isStatic } of properties) {
    const own = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const isInput = own.endsWith("_input") || isStatic || type.primitive === undefined;
    if (!isInput && block.attributes[own] === undefined && block.blocks[own] === undefined)
      block.attributes[own] = { type: typeOf(type), computed: true };
    else if (block.attributes[own]?.optional) block.attributes[own].computed = true;
  }
  return block;
}

function structureOf(type, assembly) {
  for (const each of type.union?.types ?? [type]) {
    const fqn = each.fqn ?? each.collection?.elementtype.fqn;
    const structure = fqn === undefined ? undefined : assembly.types[fqn];
    if (structure?.kind === "interface" && structure.datatype === true) return structure;
  }
  return undefined;
}

function typeOf(type) {
  const [first] = (type.union?.types ?? [type]).filter(({ fqn }) => fqn === undefined);
  if (first?.primitive !== undefined) return { boolean: "bool", any: "dynamic" }[first.primitive] ?? first.primitive;
  if (first?.collection === undefined) return "dynamic";
  return [first.collection.kind === "map" ? "map" : "list", typeOf(first.collection.elementtype)];
}
