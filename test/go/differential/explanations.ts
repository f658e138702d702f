/** Differences that a front door makes before or after the function, and those that docs/go.md names. */
import { isUtf8 } from "node:buffer";
import type { HttpAnswer } from "../../gateway/peers/http-answer.js";
import type { RequestCase } from "../../gateway/requests/request-case.js";
import type { GoLeg } from "./go-function-peer.js";

/** The reason why an answer may differ; undefined for none of the known ones. */
export function explanation(leg: GoLeg, request: RequestCase, there: HttpAnswer, here: HttpAnswer): string | undefined {
  if (here.kind === "none") return undefined;
  if (there.kind === "none")
    return here.status === 500 && /hang up|ECONNRESET/.test(there.reason)
      ? "the gateway panicked, and closed the connection"
      : undefined;
  if (there.headers.some(([, value]) => /[^\t -~]/.test(value))) return "a header of the answer is not ASCII";
  if (here.refused !== undefined) return "refused by the front door";
  return reasons.find(({ applies }) => applies(leg, request, there, here))?.why;
}

interface Reason {
  readonly why: string;
  readonly applies: (leg: GoLeg, request: RequestCase, there: Answer, here: Answer) => boolean;
}

type Answer = Extract<HttpAnswer, { kind: "answer" }>;

const reasons: readonly Reason[] = [
  {
    why: "parameters in several spellings set one field, in the order of a map of Go's",
    applies: (_, { target }) => hasSpellings(target),
  },
  {
    why: "the RPC is another function's: a form with another method, or a path that no route of the front door takes",
    applies: ({ functions }, request, _, here) =>
      functions === "per-rpc" &&
      here.body.includes("is served by another function") &&
      (isForm(request) || isOddPath(request.target)),
  },
  {
    why: "a path that no route of the front door takes",
    applies: ({ functions }, { target }, _, { status }) =>
      functions === "per-rpc" && (status === 404 || status === 501) && isOddPath(target),
  },
  {
    why: "a REST API itself takes the method from X-HTTP-Method-Override",
    applies: ({ frontDoor }, { headers }) =>
      frontDoor === "rest-api" && headers.some(([name]) => name.toLowerCase() === "x-http-method-override"),
  },
  {
    why: "an event has names of parameters without an order, and these are one name",
    applies: ({ frontDoor }, { target }) => frontDoor !== "function-url" && hasEscapedNames(target),
  },
  {
    why: "an HTTP API decodes the path",
    applies: ({ frontDoor }, { target }) => frontDoor === "http-api" && pathOf(target).includes("%"),
  },
  {
    why: "a REST API decodes the query",
    applies: ({ frontDoor }, { target }) => frontDoor === "rest-api" && /[;%+]/.test(target.split("?")[1] ?? ""),
  },
  {
    why: "the front door gives a type to answers without one",
    applies: ({ frontDoor }, _, there, here) =>
      frontDoor.endsWith("-api") &&
      typeOf(there) === undefined &&
      /^(?:application\/json|text\/plain;charset=utf-8)$/.test(typeOf(here) ?? ""),
  },
  {
    why: "a front door passes on a body of text as UTF-8, and this one is not",
    applies: (_, { body }) => !isUtf8(Buffer.from(body, "base64")),
  },
  {
    why: "a REST API renames headers of the answer",
    applies: ({ frontDoor }, _, there) =>
      frontDoor === "rest-api" && there.headers.some(([name]) => name.toLowerCase() === "www-authenticate"),
  },
  {
    why: "an event of format 2.0 has one text for a header that is there twice",
    applies: ({ frontDoor }, { headers }) =>
      ["function-url", "http-api"].includes(frontDoor) &&
      ["grpc-timeout", "pragma"].some((read) => headers.filter(([name]) => name.toLowerCase() === read).length > 1),
  },
  {
    why: "without lists the last of repeated values remains",
    applies: ({ lists }, request) => !lists && repeats(request),
  },
];

/** Tells whether two names that are spelled otherwise mean one field, or fields of one message. */
function hasSpellings(target: string): boolean {
  const spelled = new Set((target.split("?")[1] ?? "").split("&").map((pair) => decoded(pair.split("=")[0] ?? "")));
  const fields = [...spelled].map((name) => name.replaceAll("_", "").toLowerCase().split(".")[0]);
  return new Set(fields).size < fields.length;
}

/** Tells whether two names of parameters are one when they are decoded. */
function hasEscapedNames(target: string): boolean {
  const raw = new Set((target.split("?")[1] ?? "").split("&").map((pair) => pair.split("=")[0] ?? ""));
  return new Set([...raw].map(decoded)).size < raw.size;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function typeOf({ headers }: Answer): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
}

function isForm({ headers }: RequestCase): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === "content-type" && value.includes("form"));
}

function isOddPath(target: string): boolean {
  return /%|\/\/|\/$|\/:/.test(pathOf(target));
}

function pathOf(target: string): string {
  return target.split("?")[0] ?? "";
}

function repeats({ headers, target }: RequestCase): boolean {
  const names = headers.map(([name]) => name.toLowerCase());
  const parameters = (target.split("?")[1] ?? "").split("&").map((pair) => pair.split("=")[0]);
  return new Set(names).size < names.length || new Set(parameters).size < parameters.length;
}
