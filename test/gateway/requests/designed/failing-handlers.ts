/** Errors of every code, in every form, before and after the first message, and metadata. */
import { createChoice } from "../../messages/choice.js";
import { randomWireMessage } from "../../messages/random-wire-message.js";
import { encodeMessage } from "../../messages/wire-encode.js";
import { type Binding, streamsReplies } from "../api.js";
import type { MetadataPair, RequestCase } from "../request-case.js";
import { type Design, exemplaryBindings } from "./design.js";

const te = [["Te", "trailers"]] as const;
const oddMessages = [
  "",
  "ü😀",
  "<a> & 'b'",
  "line\nbreak",
  "tab\t",
  "%",
  "\u0000",
  "a".repeat(3000),
  "\u2028",
  '"quoted"',
  "\\",
  "\ufeff",
  " ",
];
const headerNames = [
  "location",
  "set-cookie",
  "etag",
  "cache-control",
  "www-authenticate",
  "server",
  "access-control-allow-origin",
  "x-http-code",
  "allow",
  "x-content-type-options",
  "content-disposition",
  "retry-after",
  "vary",
];

/** What handlers may do. */
export function* failingHandlers(design: Design): Generator<RequestCase> {
  for (const binding of exemplaryBindings(design.api)) {
    yield* codes(design, binding);
    for (const message of oddMessages)
      yield design.make("error message", binding, { plan: { error: { code: 5, message } } });
    yield* details(design, binding);
    yield design.make("exception", binding, { plan: { throws: true } });
    yield* metadata(design, binding);
  }
  yield* slow(design);
}

/** Handlers that take longer than the client waits: one of each kind of RPC, because each costs the time that it waits. */
function* slow({ make, api }: Design): Generator<RequestCase> {
  const kinds = new Map(api.bindings.filter(({ unbound }) => !unbound).map((binding) => [binding.kind, binding]));
  for (const binding of kinds.values())
    yield make("slow handler", binding, {
      headers: [["Grpc-Timeout", "200m"]],
      plan: { delay: 700, header: [["h-one", "1"]] },
    });
}

function* codes({ make }: Design, binding: Binding): Generator<RequestCase> {
  const places = streamsReplies(binding) ? [0, 1, 3] : [0];
  const sent: MetadataPair[] = [
    ["e-one", "1"],
    ["e-one", "2"],
  ];
  for (let code = 1; code <= 16; code++)
    for (const after of places) {
      yield make("error", binding, { plan: { error: { code, message: `code ${code}`, after } } });
      const error = { code, message: "m", metadata: sent, after };
      const plan = { header: [["h-one", "1"]], trailer: [["t-one", "1"]], error } as const;
      yield make("error with metadata", binding, { headers: te, plan });
    }
  for (const code of [17, 99, 1000]) yield make("unknown code", binding, { plan: { error: { code, message: "c" } } });
}

function* metadata({ make }: Design, binding: Binding): Generator<RequestCase> {
  const header: MetadataPair[] = [
    ["h-one", "1"],
    ["h-one", "2"],
    ["h-two", "x"],
  ];
  const trailer: MetadataPair[] = [
    ["t-one", "1"],
    ["t-two-bin", { bytes: "AQID" }],
  ];
  yield make("header and trailer", binding, { headers: te, plan: { header, trailer } });
  yield make("trailer that is not asked for", binding, { plan: { trailer: [["t-one", "1"]] } });
  for (const name of headerNames) yield make(`header ${name}`, binding, { plan: { header: [[name, "5"]] } });
}

const base64 = (...bytes: readonly number[]): string => Buffer.from(bytes).toString("base64");
const info = { typeUrl: "type.googleapis.com/google.rpc.ErrorInfo", value: base64(10, 1, 97) };
const unknown = { typeUrl: "type.googleapis.com/no.such.Type", value: base64(8, 1) };
const oddDetails = {
  "unknown type": [unknown],
  "no type": [{ typeUrl: "", value: base64(8, 1) }],
  nothing: [{ typeUrl: "", value: "" }],
  "type without slash": [{ ...info, typeUrl: "google.rpc.ErrorInfo" }],
  "wrong bytes": [{ ...info, value: base64(10, 200, 1) }],
  "bytes that are not UTF-8": [{ ...info, value: base64(10, 1, 255) }],
  "two, one unknown": [info, unknown],
  two: [info, { typeUrl: "type.googleapis.com/google.rpc.RetryInfo", value: base64(10, 2, 8, 5) }],
  "unknown fields": [{ ...info, value: base64(10, 1, 97, 250, 1, 1, 98) }],
};

function* details({ make, api, details: registry }: Design, binding: Binding): Generator<RequestCase> {
  const standard = [...registry].flatMap(({ typeName, kind }) =>
    kind === "message" && /^google\.rpc\.[A-Z]\w*$/.test(typeName) ? [typeName] : [],
  );
  for (const name of [...standard, ...api.set.anyTypes]) {
    const type = api.registry.getMessage(name) ?? registry.getMessage(name);
    if (type === undefined) continue;
    for (const density of [0, 1]) {
      const source = { choice: createChoice(name.length), registry: api.registry, anyTypes: [], density };
      const value = encodeMessage(randomWireMessage(source, type)).toString("base64");
      for (const host of ["type.googleapis.com", "example.com/a"]) {
        const error = { code: 9, message: "d", details: [{ typeUrl: `${host}/${name}`, value }] };
        yield make(`detail ${name}`, binding, { plan: { error } });
      }
    }
  }
  for (const [name, list] of Object.entries(oddDetails))
    yield make(`odd detail: ${name}`, binding, { plan: { error: { code: 9, message: "d", details: list } } });
}
