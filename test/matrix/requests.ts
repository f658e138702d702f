/** The requests of the matrix: for each RPC, every place with right and wrong values. */
import { type Extent, type FieldKind, kindsIn } from "./kinds.js";
import { type Dialect, fieldsOf, kindsOf, manyFields, pathOf, pathVariables, singularFields } from "./protos.js";

/** One request, and the RPC that it is for. */
export interface MatrixRequest {
  readonly rpc: string;
  readonly method: string;
  readonly target: string;
  readonly body?: string;
  readonly contentType?: string;
}

/** All requests to the RPCs of `dialects`, and of whole well-known types, in order of RPCs. */
export function matrixRequests(dialects: readonly Dialect[], extent: Extent): MatrixRequest[] {
  const ofFields = dialects.flatMap((dialect) =>
    kindsOf(dialect, extent).flatMap((kind) => requestsOf(dialect, limit(kind, extent), extent)),
  );
  const whole = kindsIn(extent).filter(({ isWellKnown }) => isWellKnown === true);
  return [...ofFields, ...whole.flatMap((kind) => aloneRequests(limit(kind, extent)))];
}

function limit(kind: FieldKind, extent: Extent): FieldKind {
  return extent === "all" ? kind : { ...kind, texts: kind.texts.slice(0, 2), json: kind.json.slice(0, 2) };
}

type Send = (method: string, target: string, body?: string, contentType?: string) => MatrixRequest;

function sender(rpc: string): Send {
  return (method, target, body, contentType) => ({
    rpc,
    method,
    target,
    ...(body === undefined ? {} : { body, contentType: contentType ?? "application/json" }),
  });
}

function requestsOf(dialect: Dialect, kind: FieldKind, extent: Extent): MatrixRequest[] {
  const send = sender(`matrix.${dialect}.${kind.name}`);
  const at = (...more: readonly string[]): string => pathOf(dialect, kind, ...more);
  const fields = [...singularFields, ...manyFields, "inner"];
  const [first = ""] = kind.json;
  const all = queries(kind);
  // Forms and the query beside a body go through the same setters.
  const some = extent === "all" ? all : all.slice(0, 1);
  return [
    ...bodies(kind).map((body) => send("POST", at(), body)),
    ...fields.flatMap((field) => fieldBodies(kind, field).map((body) => send("PUT", at("body", field), body))),
    ...fields.flatMap((field) => bodies(kind).map((body) => send("POST", at("reply", field), body))),
    ...pathRequests(send, at, kind, extent),
    ...all.map((query) => send("GET", `${at("query")}?${query}`)),
    ...some.map((query) => send("PUT", `${at("body", "plain")}?${query}`, first)),
    ...some.map((query) => send("POST", at(), query, form)),
  ];
}

const form = "application/x-www-form-urlencoded";

/** Bodies that are whole messages. */
function bodies(kind: FieldKind): string[] {
  const each = kind.json.flatMap((json) => [
    ...singularFields.map((field) => `{"${field}":${json}}`),
    `{"many":[${json},${json}]}`,
    `{"byName":{"b":${json},"a":${json}}}`,
    `{"inner":{"plain":${json}}}`,
    `{"inner":{"chosen":${json}}}`,
    `{"implied":${json}}`,
  ]);
  const [first = ""] = kind.json;
  return [
    "",
    "{}",
    '{"other":"x"}',
    `{"chosen":${first},"other":"x"}`,
    '{"many":null,"byName":null,"inner":null}',
    ...each,
  ];
}

/** Bodies that are one field. */
function fieldBodies(kind: FieldKind, field: string): string[] {
  const wrap = (json: string): string => {
    if (field === "many") return `[${json}]`;
    if (field === "by_name") return `{"a":${json}}`;
    return field === "inner" ? `{"plain":${json}}` : json;
  };
  return ["", "null", ...kind.json.map(wrap)];
}

function pathRequests(
  send: Send,
  at: (...more: readonly string[]) => string,
  kind: FieldKind,
  extent: Extent,
): MatrixRequest[] {
  const [first = ""] = kind.json;
  const over = [
    `{"plain":${first}}`,
    `{"chosen":${first}}`,
    '{"other":"x"}',
    `{"inner":{"plain":${first},"other":"y"}}`,
  ];
  const single = pathVariables(kind).flatMap((variable) =>
    textsOf(kind, variable)
      .filter((text) => text !== "")
      .flatMap((text) => {
        const target = at("path", variable, encodeURIComponent(text));
        const bodies = extent === "all" ? over : over.slice(0, 2);
        return [send("GET", `${target}?tag=t`), ...bodies.map((body) => send("PUT", target, body))];
      }),
  );
  const [one, ...others] = kind.inner ?? [];
  const pairs = others.map(([name, text]) =>
    send("GET", at("two", name, encodeURIComponent(one?.[1] ?? ""), encodeURIComponent(text ?? ""))),
  );
  return [...single, ...pairs];
}

/** The texts for a path variable: those of the kind, or of a field below it. */
function textsOf(kind: FieldKind, variable: string): readonly string[] {
  const below = kind.inner?.find(([name]) => variable.endsWith(`.${name}`));
  if (below === undefined) return variable === "many" ? [...kind.texts, kind.texts.join(",")] : kind.texts;
  return below.slice(1);
}

/** Query strings; `$` stands for the field. */
function queries(kind: FieldKind): string[] {
  const [first = ""] = kind.texts.map(encodeURIComponent);
  const paths = [...singularFields, "inner.plain", "inner.chosen"];
  return [
    ...kind.texts.flatMap((each) => {
      const text = encodeURIComponent(each);
      return [
        ...paths.map((path) => `${path}=${text}`),
        `many=${text}&many=${text}`,
        `by_name[k]=${text}`,
        `byName[]=${text}`,
      ];
    }),
    ...(kind.below ?? []).flatMap((below) => paths.map((path) => `${path}${below.replaceAll("$", path)}`)),
    ...["chosen", "other"].map((name) => `${name}=${first}&${name === "chosen" ? "other" : "chosen"}=${first}`),
    ...[`plain=${first}&plain=${first}`, `many.x=${first}`, `many[a]=${first}`, `by_name=${first}`, `plain.x=${first}`],
    ...[`inner=${first}`, "inner.nothing=1", "nothing=1", "tag=t"],
  ];
}

function aloneRequests(kind: FieldKind): MatrixRequest[] {
  const send = sender(`matrix.alone.${kind.name}`);
  const at = (...more: readonly string[]): string => pathOf("alone", kind, ...more);
  const [first = ""] = kind.json;
  const bodies = ["", ...kind.json];
  const ofField = ["", "null", "1", '"x"', "true", '"QUJD"', '["a"]', '{"a":1}', first];
  const below = (kind.below ?? []).map((text) => text.replaceAll("$.", "").replace(/^\./, ""));
  const queries = [...below, "nothing=1", "nothing.x=1", ""];
  return [
    ...bodies.map((body) => send("POST", at(), body)),
    ...queries.flatMap((query) => [send("GET", `${at("query")}?${query}`), send("POST", at(), query, form)]),
    ...fieldsOf(kind).flatMap((field) => [
      ...ofField.map((body) => send("PUT", at("body", field), body)),
      ...bodies.map((body) => send("POST", at("reply", field), body)),
    ]),
    ...(kind.inner ?? []).flatMap(([name, ...texts]) =>
      texts.flatMap((text) => {
        const target = at("path", name, encodeURIComponent(text));
        return text === "" ? [] : [send("GET", target), ...kind.json.map((body) => send("PUT", target, body))];
      }),
    ),
  ];
}
