/** Makes cases by design: a plain request for a binding, with what the design changes of it. */
import type { DescMessage, FileRegistry } from "@bufbuild/protobuf";
import { createChoice } from "../../messages/choice.js";
import { type Api, type Binding, bodyField, streamsReplies } from "../api.js";
import { pathText } from "../path-text.js";
import type { HandlerPlan, RequestCase } from "../request-case.js";
import type { HeaderPair } from "../texts.js";

/** What a case has that a plain one has not. */
export interface Changes {
  readonly method?: string;
  readonly target?: string;
  /** Behind those that every request has. */
  readonly headers?: readonly HeaderPair[];
  readonly body?: string | Buffer;
  readonly plan?: Partial<HandlerPlan>;
}

/** A design of one API. */
export interface Design {
  readonly api: Api;
  /** Types of error details. */
  readonly details: FileRegistry;
  make(name: string, binding: Binding, changes?: Changes): RequestCase;
  /** A path that reaches the binding; another one for every case. */
  plainPath(binding: Binding): string;
}

/** Starts a design; its cases are numbered. */
export function createDesign(api: Api, details: FileRegistry): Design {
  let number = 0;
  const plainPath = (binding: Binding): string => pathText({ choice: createChoice(number + 11), odd: 0 }, binding);
  return {
    api,
    details,
    plainPath,
    make: (name, binding, changes = {}) => {
      const body = Buffer.from(changes.body ?? plainBody(binding));
      const type: HeaderPair[] = body.length === 0 ? [] : [["Content-Type", "application/json"]];
      const target = changes.target ?? plainPath(binding);
      const seed = 7_000_003 + number;
      number++;
      return {
        id: `${name} #${number}`,
        rpc: binding.rpc,
        binding: binding.index,
        method: changes.method ?? binding.httpMethod,
        target,
        headers: [["Host", "localhost:8080"], ...type, ...(changes.headers ?? [])],
        body: body.toString("base64"),
        plan: { seed, ...(streamsReplies(binding) ? { count: 3 } : {}), ...changes.plan },
      };
    },
  };
}

/** The shortest body that a binding takes; "" for one that has none. */
export function plainBody(binding: Binding): string {
  if (binding.body === "") return "";
  const field = bodyField(binding);
  if (field === undefined) return plainMessage(binding.input);
  switch (field.fieldKind) {
    case "list":
      return "[]";
    case "map":
      return "{}";
    case "message":
      return plainMessage(field.message);
    case "enum":
      return "0";
    default:
      // 9 and 12: string and bytes; 8: bool.
      return field.scalar === 9 || field.scalar === 12 ? '""' : field.scalar === 8 ? "false" : "0";
  }
}

function plainMessage({ typeName }: DescMessage): string {
  switch (typeName) {
    case "google.protobuf.Timestamp":
      return '"2020-01-02T03:04:05Z"';
    case "google.protobuf.Duration":
      return '"1s"';
    case "google.protobuf.FieldMask":
    case "google.protobuf.StringValue":
    case "google.protobuf.BytesValue":
      return '""';
    case "google.protobuf.ListValue":
      return "[]";
    case "google.protobuf.BoolValue":
      return "true";
    case "google.protobuf.Value":
      return "{}";
    default:
      return /^google\.protobuf\.\w+Value$/.test(typeName) ? "1" : "{}";
  }
}

/** A binding of every RPC that tells something about what handlers do: all streams, some of the others. */
export function exemplaryBindings({ bindings }: Api): Binding[] {
  const firsts = [...new Map([...bindings].reverse().map((binding) => [binding.rpc, binding])).values()];
  const bound = firsts.filter(({ unbound }) => !unbound);
  const unary = bound.filter(({ kind }) => kind === "unary");
  return [
    ...bound.filter(({ kind }) => kind !== "unary"),
    ...unary.filter(({ responseBody }) => responseBody !== "").slice(0, 6),
    ...unary.filter(({ responseBody }) => responseBody === "").slice(0, 8),
  ];
}

/** A binding for each message that requests are, each body of it, and each kind of stream. */
export function distinctRequests({ bindings }: Api): Binding[] {
  const found = new Map<string, Binding>();
  for (const binding of bindings) {
    const { input, body, kind, httpMethod } = binding;
    const key = [input.typeName, body, kind, httpMethod === "PATCH" || httpMethod === "HEAD" ? httpMethod : ""].join(
      " ",
    );
    if (!found.has(key)) found.set(key, binding);
  }
  return [...found.values()];
}
