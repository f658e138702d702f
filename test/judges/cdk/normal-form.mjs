/**
 * Templates in a form in which those of two tools can be compared: parameters and conditions are put in, `Fn::Sub` and `Fn::Join` are
 * lists of parts, logical ids are those of the plain template, and code is the name of its zip.
 */

/** Resources and outputs of a plain template, with `values` for its parameters and `stack` for the name of the stack. */
export function plainForm(template, values, stack) {
  const conditions = Object.fromEntries(
    Object.entries(template.Conditions ?? {}).map(([name, condition]) => [name, holds(condition, values)]),
  );
  const context = { values, conditions, stack, idOf: (id) => id };
  const form = formOf(template, context);
  for (const resource of Object.values(form.resources))
    if (resource.Type === "AWS::Lambda::Function") resource.Properties.Code = nameOf(resource.Properties.Code);
  const outputs = Object.entries(form.outputs).filter(([name]) => !name.endsWith("FunctionArn"));
  return { resources: form.resources, outputs: Object.fromEntries(outputs) };
}

/** The same of templates that the CDK made of a construct with the id `Api`. `zipOf` gives the name of a zip by its key in the bucket. */
export function synthesisedForm(template, stack, zipOf) {
  const idOf = (id) => id.replace(/^Api(.*?)[0-9A-F]{8}(?:[0-9a-f]{16})?$/, "$1");
  const form = formOf(template, { values: {}, conditions: {}, stack, idOf });
  for (const resource of Object.values(form.resources))
    if (resource.Type === "AWS::Lambda::Function") resource.Properties.Code = zipOf(resource.Properties.Code.S3Key);
  const outputs = Object.entries(form.outputs).map(([name, output]) => [name.replace(/UrlOutput$/, "Url"), output]);
  return { resources: form.resources, outputs: Object.fromEntries(outputs) };
}

function formOf({ Resources: resources = {}, Outputs: outputs = {} }, context) {
  const each = (section) =>
    Object.fromEntries(Object.entries(section).map(([id, content]) => [context.idOf(id), normal(content, context)]));
  const named = each(resources);
  for (const resource of Object.values(named)) {
    if (resource.DependsOn === undefined) continue;
    resource.DependsOn = [resource.DependsOn].flat().map(context.idOf).sort();
  }
  return { resources: named, outputs: each(outputs) };
}

function nameOf(path) {
  return path.split("/").at(-1);
}

function holds(condition, values) {
  if (condition["Fn::Not"] !== undefined) return !holds(condition["Fn::Not"][0], values);
  const [left, right] = condition["Fn::Equals"].map((side) => (side?.Ref === undefined ? side : values[side.Ref]));
  return left === right;
}

const nothing = Symbol("AWS::NoValue");

function normal(content, context) {
  if (Array.isArray(content)) return content.map((item) => normal(item, context)).filter((item) => item !== nothing);
  if (typeof content !== "object" || content === null) return content;
  const names = Object.keys(content);
  if (names.length === 1 && (names[0] === "Ref" || names[0].startsWith("Fn::")))
    return called(names[0], content[names[0]], context);
  return Object.fromEntries(
    Object.entries(content)
      .map(([name, member]) => [name, normal(member, context)])
      .filter(([, member]) => member !== nothing),
  );
}

function called(name, argument, context) {
  switch (name) {
    case "Ref":
      return reference(argument, undefined, context);
    case "Fn::GetAtt":
      return reference(argument[0], argument.slice(1).join("."), context);
    case "Fn::If":
      return normal(argument[context.conditions[argument[0]] ? 1 : 2], context);
    case "Fn::Sub":
      return joined(subParts([argument].flat(), context));
    case "Fn::Join":
      return joinedWith(argument[0], normal(argument[1], context));
    default:
      return computed(name, normal(argument, context));
  }
}

function joinedWith(separator, parts) {
  const isKnown = separator === "" || parts.every((part) => typeof part === "string");
  return isKnown
    ? joined(parts.flatMap((part, at) => (at === 0 ? [part] : [separator, part])))
    : { "Fn::Join": [separator, parts] };
}

/** `Fn::Select` and `Fn::Split` of what is known, as the CDK computes them. */
function computed(name, argument) {
  const [first, second] = argument;
  if (name === "Fn::Split" && typeof second === "string") return second.split(first);
  if (name === "Fn::Select" && Array.isArray(second)) return second[Number(first)];
  return { [name]: argument };
}

function reference(id, attribute, context) {
  if (id === "AWS::NoValue") return nothing;
  if (id === "AWS::StackName") return context.stack;
  if (Object.hasOwn(context.values, id)) return context.values[id];
  return attribute === undefined ? { Ref: context.idOf(id) } : { "Fn::GetAtt": [context.idOf(id), attribute] };
}

function subParts([text, variables = {}], context) {
  return text.split(/\$\{([^}]*)\}/).map((part, at) => {
    if (at % 2 === 0) return part;
    if (part.startsWith("!")) return `\${${part.slice(1)}}`;
    if (Object.hasOwn(variables, part)) return normal(variables[part], context);
    const [id, ...attribute] = part.split(".");
    return reference(id, attribute.length === 0 ? undefined : attribute.join("."), context);
  });
}

function joined(parts) {
  const merged = [];
  for (const part of parts
    .flatMap((each) => each?.joined ?? [each])
    .map((each) => (typeof each === "number" ? `${each}` : each))) {
    if (typeof part === "string" && typeof merged.at(-1) === "string") merged[merged.length - 1] += part;
    else if (part !== "") merged.push(part);
  }
  return merged.length < 2 ? (merged[0] ?? "") : { joined: merged };
}
