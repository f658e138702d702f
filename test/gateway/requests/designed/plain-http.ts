/** Methods, paths, content types and bodies of every binding. */
import type { Binding } from "../api.js";
import type { RequestCase } from "../request-case.js";
import { headerPairs, texts } from "../texts.js";
import type { Design } from "./design.js";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECTX"];
const formType = "application/x-www-form-urlencoded";
const accepts = [
  "application/json",
  "text/html",
  "application/x-protobuf",
  "text/event-stream",
  "application/x-ndjson",
  "application/octet-stream",
  "",
  "*/*",
  "application/xml;q=0.9,*/*;q=0.8",
];

/** What of HTTP any binding may be asked with. */
export function* plainHttp(design: Design): Generator<RequestCase> {
  for (const binding of design.api.bindings) {
    for (const method of methods) yield design.make(`method ${method}`, binding, { method });
    yield* paths(design, binding);
    for (const value of texts.header.contentType)
      yield design.make(`content type ${value}`, binding, { headers: [["Content-Type", value]] });
    for (const value of accepts) yield design.make(`accept ${value}`, binding, { headers: [["Accept", value]] });
    for (const value of texts.header.timeout)
      yield design.make(`timeout ${value}`, binding, { headers: [["Grpc-Timeout", value]] });
    for (const pair of headerPairs([...texts.header.metadata, ...texts.header.permanent, ...texts.header.other]))
      yield design.make(`header ${pair[0]}`, binding, { headers: [pair] });
    yield* overrides(design, binding);
    if (binding.body !== "") yield* bodies(design, binding);
  }
}

const hex = (text: string): string => `%${text.charCodeAt(0).toString(16)}`;

function* paths({ make, plainPath }: Design, binding: Binding): Generator<RequestCase> {
  const plain = plainPath(binding);
  const targets = {
    ...Object.fromEntries(
      ["/", "?", "/x", ":verb", ":", "/.", "/..", "%2F", "%2fx", "%3Ax", "%3Fx", "%25", "%252F", "%20", "+", ";a=1"]
        .concat(["%00", "%C3%BC", "%FF", "?no_such=1", "?a=1;b=2", "?a=100%", "?q=caf%E9"])
        .map((text) => [text, `${plain}${text}`]),
    ),
    "double slash": plain.replace("/", "//"),
    "upper case": plain.toUpperCase(),
    "first letter escaped": plain.replace(/^\/(.)/, (_, first: string) => `/${hex(first)}`),
    "last letter escaped": plain.replace(/([A-Za-z0-9])$/, hex),
    "slash escaped": plain.replace(/\/([^/]*)$/, "%2F$1"),
    "all slashes escaped": `/${plain.slice(1).replaceAll("/", "%2F")}`,
    "empty last": plain.replace(/[^/:]*(:[^/]*)?$/, "$1"),
    "empty first": plain.replace(/^\/[^/]*/, "/"),
    "empty inside": plain.replace(/\/([^/]*)$/, "//$1"),
    "colon escaped": plain.replace(/:([^/]*)$/, "%3A$1"),
  };
  for (const [name, target] of Object.entries(targets))
    if (target !== plain) yield make(`path ${name}`, binding, { target });
}

function* overrides({ make }: Design, binding: Binding): Generator<RequestCase> {
  for (const value of ["GET", "PUT", "PATCH", "DELETE", "POST", "get", binding.httpMethod]) {
    const override = ["X-HTTP-Method-Override", value] as const;
    yield make(`override ${value}`, binding, { method: "POST", headers: [override] });
    for (const type of [formType, `${formType}; charset=utf-8`]) {
      const headers = [override, ["Content-Type", type]] as const;
      yield make(`override ${value}, form`, binding, { method: "POST", body: "", headers });
    }
  }
}

const bodyTexts = [
  ...["", " ", "\n\t", "null", "{}", "[]", '""', "0", "1", "true", "false", "{", "}", "{}x", "{} {}", "{},", "[{}]"],
  ...["\ufeff{}", "nul", '{"":1}', '{"a":1,"a":2}', '{"a":{"b":1,"b":2}}', '{"__proto__":{"x":1}}', '{"@type":"x"}'],
  ...["//c\n{}", "{'a':1}", "{a:1}", '{"a":01}', '{"a":1.}', '{"a":+1}', '{"a":.5}', '{"a":NaN}', '{"a":"\\x"}'],
  ...['{"a":"\t"}', '{"a":"\\ud800"}', '{"a":1e999}', '{"a":[1,]}', '{"a":1,}', "{,}", "[", '"', "-", "\u0000"],
  ...["{}\u0000", "\u00a0{}", "\f{}", '{"a":tru}', '{"a" 1}', '{"a"::1}', '{"a":1 "b":2}'],
];
const notUtf8 = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]);

function* bodies({ make }: Design, binding: Binding): Generator<RequestCase> {
  for (const body of bodyTexts) yield make(`body ${JSON.stringify(body)}`, binding, { body });
  yield make("body that is not UTF-8", binding, { body: notUtf8 });
}
