/** Headers and parameters that come again, that are long, or that are written in ways that few clients choose. */
import type { DescField, DescMessage } from "@bufbuild/protobuf";
import type { Binding } from "../api.js";
import type { RequestCase } from "../request-case.js";
import type { HeaderPair } from "../texts.js";
import { type Design, distinctRequests, exemplaryBindings } from "./design.js";

/** What HTTP allows in headers and queries, and chance never makes. */
export function* headersAndQueries(design: Design): Generator<RequestCase> {
  for (const binding of exemplaryBindings(design.api)) {
    yield* headers(design, binding);
    yield* queries(design, binding);
  }
  for (const binding of distinctRequests(design.api)) yield* queryOfFields(design, binding);
}

const headerLists: Readonly<Record<string, readonly HeaderPair[]>> = {
  "two hosts": [
    ["X-Forwarded-Host", "a.example"],
    ["X-Forwarded-Host", "b.example"],
  ],
  "two lists of clients": [
    ["X-Forwarded-For", "1.1.1.1"],
    ["X-Forwarded-For", "2.2.2.2, 3.3.3.3"],
  ],
  "two timeouts": [
    ["Grpc-Timeout", "5S"],
    ["Grpc-Timeout", "6S"],
  ],
  "two overrides": [
    ["X-HTTP-Method-Override", "GET"],
    ["X-HTTP-Method-Override", "DELETE"],
  ],
  "two types accepted": [
    ["Accept", "text/html"],
    ["Accept", "application/json"],
  ],
  "two cookies": [
    ["Cookie", "a=1"],
    ["Cookie", "b=2"],
  ],
  "two values of metadata": [
    ["Grpc-Metadata-Foo", "1"],
    ["Grpc-Metadata-Foo", "2"],
    ["grpc-metadata-foo", "3"],
  ],
  "two binary values": [
    ["Grpc-Metadata-A-Bin", "AQID"],
    ["Grpc-Metadata-A-Bin", "BAUG"],
  ],
  expect: [["Expect", "100-continue"]],
  "long value": [
    ["X-Custom", "v".repeat(6000)],
    ["Warning", "w".repeat(1500)],
  ],
  "long name": [[`Grpc-Metadata-${"n".repeat(500)}`, "1"]],
  "many headers": Array.from({ length: 90 }, (_, at) => [`X-H${at}`, "1"] as const),
  "latin-1": [
    ["Warning", "199 - \u00e9"],
    ["Grpc-Metadata-Foo", "\u00e9"],
  ],
  upgrade: [
    ["Connection", "close"],
    ["Keep-Alive", "timeout=5"],
    ["Proxy-Connection", "close"],
  ],
  ranges: [
    ["If-Range", "x"],
    ["Range", "bytes=0-"],
    ["If-Unmodified-Since", "x"],
    ["If-Schedule-Tag-Match", "y"],
  ],
  trace: [
    ["X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793"],
    ["B3", "0"],
    ["Grpc-Trace-Bin", "AAA="],
  ],
  encoded: [
    ["Content-Encoding", "identity"],
    ["Accept-Encoding", "gzip;q=1.0, *;q=0"],
  ],
  language: [
    ["Content-Language", "de"],
    ["Content-MD5", "x"],
    ["Content-Location", "/x"],
    ["Digest", "x"],
  ],
  names: [
    ["grpc_metadata_x", "1"],
    ["Grpcgateway-Authorization", "forged"],
    ["Grpc-Message", "m"],
    ["Grpc-Status", "0"],
  ],
  pseudo: [
    ["Grpc-Encoding", "gzip"],
    ["Grpc-Accept-Encoding", "gzip"],
    ["X-Http-Method", "DELETE"],
    ["X-Method-Override", "DELETE"],
  ],
  tenants: [
    ["X-Real-Ip", "9.9.9.9"],
    ["X-Forwarded-Port", "1"],
    ["X-Original-Url", "/x"],
    ["X-Rewrite-Url", "/x"],
  ],
};

function* headers({ make }: Design, binding: Binding): Generator<RequestCase> {
  for (const [name, list] of Object.entries(headerLists)) yield make(`headers: ${name}`, binding, { headers: list });
}

const rawQueries = [
  ...[
    "?",
    "??a=1",
    "?&",
    "?=",
    "?a",
    "?a=1&a=1",
    "?a=1?b=2",
    "?a=%26b%3D1",
    "?a%3D1",
    "?%",
    "?%3",
    "?a=1#b",
    "?a=1%23b",
  ],
  ...["?;", "?a;b", "?a=;&b", "?a=%3B", "?+=1", "?a+b=1", "?%20a=1", "?a%00=1", "?%FF=1", "?a=%u0041"],
  ...["?[a]=1", "?a[]=1", "?a[[b]]=1", "?a]=1", "?a%5Bb%5D=1", "?.=1", "?..=1", "?a.b.c.d.e.f.g=1", "?__proto__.x=1"],
  ...["?constructor=1", "?toString=1", "?hasOwnProperty.call=1", "?__proto__[a]=1", "?constructor[prototype]=1"],
];

function* queries({ make, plainPath }: Design, binding: Binding): Generator<RequestCase> {
  for (const query of rawQueries) yield make(`query ${query}`, binding, { target: `${plainPath(binding)}${query}` });
}

const isText = (field: DescField): boolean => field.fieldKind === "scalar" && field.scalar === 9;

/** Queries by what is odd about them, for a field of this name, JSON name, and name with every letter escaped. */
type Queries = Readonly<Record<string, (name: string, json: string, escaped: string) => string>>;

const ofTexts: Queries = {
  "escaped name": (_, __, escaped) => `${escaped}=x`,
  "long text": (name) => `${name}=${"x".repeat(5000)}`,
  "both spellings": (name, json) => `${name}=1&${json}=2`,
  "one name escaped": (name, _, escaped) => `${name}=1&${escaped}=2`,
  "equals signs": (name) => `${name}==a=b=`,
  "plus and space": (name) => `${name}=a+b%2Bc%20d`,
  "byte order mark": (name) => `${name}=%EF%BB%BFx`,
  "empty, then set": (name) => `${name}=&${name}=x`,
  "ampersand in HTML": (name) => `${name}=x&amp;${name}=y`,
  "line breaks": (name) => `${name}=a%0D%0Ab`,
  "surrogates in UTF-8": (name) => `${name}=%ED%A0%80`,
  "beyond Unicode": (name) => `${name}=%F4%90%80%80`,
  overlong: (name) => `${name}=%C0%AF`,
};

const ofMaps: Queries = {
  "map key": (name) => `${name}[a]=1`,
  "map key, escaped brackets": (name) => `${name}%5B1%5D=1`,
  "map key, one escaped bracket": (name) => `${name}[true%5d=1`,
  "map key again": (name) => `${name}[a]=1&${name}[a]=2&${name}[1]=1&${name}[01]=2`,
  "map without key": (name) => `${name}=1&${name}.a=1`,
  "map with dots": (name) => `${name}[a].b=1&${name}.[a]=1`,
};

const ofLists: Queries = {
  "list of many": (name) => Array.from({ length: 300 }, (_, at) => `${name}=${at % 2}`).join("&"),
  "list with commas": (name) => `${name}=1,2,3`,
  "list with an index": (name) => `${name}[0]=1&${name}.0=1`,
  "empty items": (name) => `${name}=&${name}=`,
};

const ofMessages: Queries = {
  "message as a text": (name) => `${name}={}`,
  "empty message": (name) => `${name}=`,
};

/** Of a message with a text; names are those of the text, behind that of the message and a dot. */
const ofNestedTexts: Queries = {
  "dot escaped": (name) => `${name.replace(/\.([^.]*)$/, "%2E$1")}=x`,
  "nested again": (name, json) => `${name}=x&${json}=y`,
  "nested beyond": (name) => `${name}.more=x`,
};

function* queryOfFields(design: Design, binding: Binding): Generator<RequestCase> {
  const free = binding.input.fields.filter(({ name }) => name !== binding.body);
  const path = design.plainPath(binding);
  const ask = (name: string, query: string): RequestCase =>
    design.make(name, binding, { target: `${path}?${query}`, plan: { echo: true } });
  for (const field of free.filter(isText).slice(0, 2)) yield* asked(ask, ofTexts, field.name, field.jsonName);
  for (const {
    fields: [first, second],
  } of binding.input.oneofs)
    if (first !== undefined && second !== undefined) {
      yield ask("two members of a oneof", `${first.name}=1&${second.name}=1`);
      yield ask("two messages of a oneof", `${first.name}.x=1&${second.name}.name=1`);
    }
  for (const field of free) {
    const { name, fieldKind } = field;
    if (fieldKind === "map") yield* asked(ask, ofMaps, name);
    if (fieldKind === "list") yield* asked(ask, ofLists, name);
    if (fieldKind === "message") yield* queryOfMessage(ask, name, field.message);
  }
}

type Ask = (name: string, query: string) => RequestCase;

function* asked(ask: Ask, queries: Queries, name: string, json = name): Generator<RequestCase> {
  const escaped = [...name].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join("");
  for (const [what, query] of Object.entries(queries)) yield ask(what, query(name, json, escaped));
}

function* queryOfMessage(ask: Ask, name: string, type: DescMessage): Generator<RequestCase> {
  yield* asked(ask, ofMessages, name);
  const text = type.fields.find(isText);
  if (text === undefined) return;
  yield* asked(ask, ofNestedTexts, `${name}.${text.name}`, `${name}.${text.jsonName}`);
  const again = type.fields.find(({ fieldKind, message }) => fieldKind === "message" && message === type);
  if (again === undefined) return;
  for (const depth of [5, 98, 99, 300])
    yield ask(`nested ${depth} deep`, `${name}.${`${again.name}.`.repeat(depth)}${text.name}=x`);
}
