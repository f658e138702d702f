import type { Difference, DifferenceClass } from "./difference-class.js";
import { decoded, isForm, pathOf, queryOf, sent } from "./matters.js";

/** In the order of the table. */
export const doorClasses: readonly DifferenceClass[] = [
  {
    id: "door-refuses",
    area: "Doors",
    gateway: "answers",
    product: "the front door refuses the request itself, before any function",
    state: { kind: "stands", reason: "AWS decides; `inspect --doors` reports it" },
    example: { set: "library", leg: "http-api per-rpc", rpc: "LibraryService.GetShelf", target: "/v1/shelves/%25" },
    explanation: { kind: "outcome", holds: ({ ours }) => ours.refused !== undefined },
  },
  {
    id: "form-for-get-needs-one-function",
    area: "Doors",
    gateway: "a POST with a form stands for the GET of its path",
    product: "with one function per RPC it is 501, or 404",
    state: { kind: "stands", reason: "the door routes by the method that was sent; `functions: single` answers it" },
    example: {
      set: "library",
      leg: "alb per-rpc",
      rpc: "LibraryService.GetShelf",
      method: "POST",
      target: "/v1/shelves/1",
      headers: [["Content-Type", "application/x-www-form-urlencoded"]],
      body: "a=1",
      // 2.30 finds the GET by chance.
      versions: ["2.33"],
    },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        difference.leg.functions === "per-rpc" &&
        difference.request.method === "POST" &&
        isForm(difference) &&
        difference.ours.calls.length === 0 &&
        [404, 501].includes(difference.ours.status),
    },
  },
  {
    id: "rest-api-method-override",
    area: "Doors",
    gateway: "X-HTTP-Method-Override counts for forms",
    product: "behind a REST API it is the method of any request",
    state: { kind: "stands", reason: "API Gateway does it, undocumented" },
    example: {
      set: "library",
      leg: "rest-api per-rpc",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      headers: [["X-HTTP-Method-Override", "DELETE"]],
    },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        difference.leg.door === "rest-api" && sent(difference, "x-http-method-override").length > 0,
    },
  },
  {
    id: "rest-api-renames-headers",
    area: "Doors",
    gateway: "WWW-Authenticate, Date and Server are sent",
    product: "behind a REST API and a Function URL as x-amzn-remapped-…",
    state: { kind: "stands", reason: "the door renames them" },
    example: {
      set: "library",
      leg: "rest-api per-rpc",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      plan: { seed: 1, error: { code: 16, message: "who" } },
    },
    explanation: {
      kind: "headers",
      rewrite: (headers) =>
        Object.fromEntries(
          Object.entries(headers)
            .map(([name, list]) => [name.replace(/^x-amzn-remapped-/, ""), list] as const)
            .sort(([one], [other]) => (one < other ? -1 : 1)),
        ),
    },
  },
  {
    id: "rest-api-decodes-the-query",
    area: "Doors",
    gateway: "a malformed query is an error",
    product: "behind a REST API it has been decoded, leniently",
    state: { kind: "stands", reason: "the event has no query as it was sent" },
    example: {
      set: "library",
      leg: "rest-api per-rpc",
      rpc: "LibraryService.ListShelves",
      target: "/v1/shelves?page_token=%zz",
    },
    explanation: {
      kind: "outcome",
      holds: (difference) => difference.leg.door === "rest-api" && /[%;]/.test(queryOf(difference)),
    },
  },
  {
    id: "empty-segments",
    area: "Doors",
    gateway: "an empty segment is a value of `*`",
    product: "404 with one function per RPC, unless `deployment.unrouted: rpcs` is set",
    state: {
      kind: "stands",
      reason: "no route of a door takes them; `generate` says so: PL019, and behind an HTTP API a line of its summary",
    },
    example: { set: "library", leg: "http-api per-rpc", rpc: "LibraryService.GetShelf", target: "/v1/shelves/" },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        difference.leg.functions === "per-rpc" &&
        /\/\/|\/$|\/:[^/]*$/.test(decoded(pathOf(difference))) &&
        isNotFoundHere(difference),
    },
  },
  {
    id: "verb-without-a-name",
    area: "Doors",
    versions: ["2.30"],
    gateway: "a path that ends in a verb alone is 404 where a template of any RPC has this verb",
    product: "with one function per RPC, that of the door's route answers",
    state: { kind: "stands", reason: "a function knows its own templates; 2.33 goes on as well" },
    example: {
      set: "abe",
      leg: "alb per-rpc",
      rpc: "ABitOfEverythingService.DoubleColon",
      method: "POST",
      target: "/v1/example/a_bit_of_everything/:custom:custom",
      body: "{}",
    },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        difference.leg.functions === "per-rpc" &&
        /\/:[^/]*$/.test(decoded(pathOf(difference))) &&
        difference.theirs.status === 404,
    },
  },
  {
    id: "escaped-literals",
    area: "Doors",
    gateway: "escaped literals, slashes and colons are what they stand for",
    product:
      "404 with one function per RPC, unless `deployment.unrouted: rpcs` is set; behind a REST API with escaped slashes, unless `deployment.functions: single` is",
    state: { kind: "stands", reason: "doors compare paths as they are sent; `generate` says so (PL019)" },
    example: { set: "library", leg: "alb per-rpc", rpc: "LibraryService.GetShelf", target: "/v1/%73helves/1" },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        difference.leg.functions === "per-rpc" && /%/.test(pathOf(difference)) && isNotFoundHere(difference),
    },
  },
  {
    id: "alb-groups-the-query",
    area: "Doors",
    gateway: "a list has the values of a query in their order, however its name is escaped",
    product: "behind a load balancer those under one spelling of the name come first",
    state: { kind: "stands", reason: "the event has the values by name, as it was sent" },
    example: {
      set: "vectors",
      leg: "alb per-rpc",
      rpc: "Vectors.Echo",
      target: "/v1/echo?repeated_string=a&repeated%5Fstring=b&repeated_string=c",
    },
    explanation: {
      kind: "outcome",
      holds: (difference) => difference.leg.door === "alb" && hasTwoSpellings(queryOf(difference)),
      aspects: ["request", "body"],
    },
  },
  {
    id: "http-api-decodes-the-path",
    area: "Doors",
    gateway: "the path as it was sent",
    product: "an HTTP API decodes the path, cuts it at a decoded question mark, and refuses some escapes",
    state: { kind: "stands", reason: "the door does it before the event" },
    example: { set: "library", leg: "http-api per-rpc", rpc: "LibraryService.GetShelf", target: "/v1/shelves/a%3Fb" },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        difference.leg.door === "http-api" && /%(2f|3f|25|[89a-f][0-9a-f])/i.test(pathOf(difference)),
    },
  },
];

function isNotFoundHere({ ours }: Difference): boolean {
  return ours.status === 404 && ours.calls.length === 0;
}

/** Whether a name in a query is escaped in two ways, or in one and not at all. */
function hasTwoSpellings(query: string): boolean {
  const names = new Set(query.split("&").map((pair) => pair.split("=", 1)[0] ?? ""));
  return new Set([...names].map(decoded)).size < names.size;
}
