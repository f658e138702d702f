/** Method plans from lines like `GET /v1/{name=shelves/*}`, without a .proto file around them. */
import type { Binding, Field, Method, Service } from "../../src/model/api-model.js";
import { idiomaticStyle } from "../../src/emit/message-style.js";
import type { MethodPlan } from "../../src/plan/plan.js";
import { planBinding } from "../../src/plan/rpcs/plan-bindings.js";
import { planOptions } from "../support/plan-options.js";
import { template } from "../http-rule/templates.js";

const location = { file: "test.proto", line: 1, column: 1, endLine: 1, endColumn: 1 };

function named(name: string, fullName: string) {
  return { name, fullName, comment: "", deprecated: false, location };
}

/** A binding of `httpMethod template`. */
export function binding(rule: string, index = 0): Binding {
  const [httpMethod = "", source = ""] = rule.split(" ");
  const parsed = template(source);
  const pathParams = parsed.variables.map(({ fieldPath }, variable) => ({
    variable,
    fields: fieldPath.map(textField),
  }));
  return { index, httpMethod, template: parsed, pathParams, body: { kind: "none" }, origin: "annotation", location };
}

function textField(name: string): Field {
  return {
    ...named(name, `test.Request.${name}`),
    number: 1,
    jsonName: name,
    shape: { kind: "scalar", scalar: "string", utf8: true },
    presence: "implicit",
    proto3Optional: false,
  };
}

/** One RPC per entry, named after its key, with the rules as bindings; all of service `test.Library`. */
export function methods(rpcs: Readonly<Record<string, readonly string[]>>): MethodPlan[] {
  const declared = Object.entries(rpcs).map(
    ([name, rules]): Method => ({
      ...named(name, `test.Library.${name}`),
      input: "test.Request",
      output: "test.Reply",
      clientStreaming: false,
      serverStreaming: false,
      bindings: rules.map(binding),
    }),
  );
  const service: Service = { ...named("Library", "test.Library"), file: "test.proto", methods: declared };
  const { transcoding } = planOptions();
  return declared.map((method) => ({
    service,
    method,
    id: `library/${method.name.toLowerCase()}`,
    style: idiomaticStyle,
    bindings: method.bindings.map((bound) => planBinding(method, bound, { messages: new Map(), transcoding })),
    auth: { kind: "iam" },
    interceptors: [],
    implementation: { kind: "function" },
  }));
}
