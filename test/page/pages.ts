/** Pages to look at: a migration that is under way, one that has not begun, and one full of hostile texts. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { diagnostic } from "../../src/diagnostics.js";
import { estimateCost } from "../../src/migrate/cost/cost-estimate.js";
import type { Usage } from "../../src/migrate/cost/monthly-cost.js";
import { type Prices, readPrices } from "../../src/migrate/cost/prices.js";
import type { Difference } from "../../src/migrate/differences/difference.js";
import { type PageData, pageData } from "../../src/migrate/page/page-data.js";
import type { Observation } from "../../src/migrate/results/observation.js";
import type { Plan } from "../../src/plan/plan.js";
import { comparison, hostile, observation } from "../migrate/page-fixtures.js";
import { planFromProto } from "../support/plan-from-proto.js";

const prices = readPrices(readFileSync(resolve("prices/2026-11.json"), "utf8")) as Prices;

const rpcs = [
  "ListShelves",
  "GetShelf",
  "CreateShelf",
  "DeleteShelf",
  "ListBooks",
  "GetBook",
  "MoveBook",
  "SearchBooks",
];
const service = "acme.library.v1.LibraryService";

const proto = `syntax = "proto3";
package acme.library.v1;
import "google/api/annotations.proto";
service LibraryService {
${rpcs.map((rpc, at) => `  rpc ${rpc}(Shelf) returns (Shelf) { option (google.api.http) = { get: "/v1/${rpc.toLowerCase()}/{name=shelves/*/books/*}${at % 3 === 0 ? ":archive" : ""}" }; }`).join("\n")}
}
message Shelf { string name = 1; }
`;

/** The plan of the pages; the RPCs with an odd number are proxied. */
function libraryPlan(): Plan {
  const plan = planFromProto({ "library.proto": proto });
  const routes = plan.routes.map((route, at) =>
    at % 2 === 0
      ? route
      : {
          ...route,
          method: { ...route.method, implementation: { kind: "proxy", dependency: "old", protocol: "grpc" } as const },
        },
  );
  return { ...plan, routes, build: { ...plan.build, maxZipBytes: 24_000 } };
}

/** A migration that is under way: differences, noise, latency, sizes, costs and findings. */
export function usualPage(): PageData {
  const plan = libraryPlan();
  const sizes = new Map(plan.functions.map(({ id }, at) => [id, 21_000 + at * 900]));
  const usage: Usage = {
    ...{ requests: 100_000, duration: 178, memory: 512, architecture: "x86_64" as const, payload: 4000, logs: 1000 },
    ...{ nat: true, provisioned: 0, cache: 0, sharedLoadBalancer: true },
  };
  return pageData(plan, {
    comparison: {
      ...comparison(observations()),
      old: "https://api.old.example.com",
      new: "dev (http-api)",
      run: { version: "0.1.0", sources: ["traffic.har", "generated:200:7"], noise: true },
    },
    cost: estimateCost(usage, prices, 25.2),
    zipBytes: sizes,
    diagnostics: [
      diagnostic("PL031", "the RPC takes a stream of requests, which is collected before the handler runs", {
        location: { file: "proto/acme/library/v1/library.proto", line: 42, column: 3, endLine: 42, endColumn: 9 },
        help: "clientStreaming.maxMessages bounds it",
      }),
    ],
    date: new Date(Date.UTC(2026, 10, 30)),
  });
}

function observations(): Observation[] {
  const body = (time: string): string =>
    JSON.stringify(
      { name: "shelves/lem/books/solaris", title: "Solaris", create_time: time, tags: ["novel"] },
      undefined,
      2,
    );
  const value: Difference = {
    ...{ class: "value", path: "create_time", types: "string" },
    ...{ old: '"2024-01-01T00:00:00Z"', new: '"2024-01-01T00:00:00.000Z"' },
  };
  const status: Difference = { class: "status", path: "status", old: "200", new: "404", types: "number" };
  const token: Difference = { class: "value", path: "next_page_token", old: '"abc"', new: '"def"', types: "string" };
  const differences: Readonly<Record<string, readonly Difference[]>> = {
    GetBook: [value],
    MoveBook: [status],
    ListBooks: [token],
  };
  return rpcs.slice(0, 7).flatMap((rpc, at) =>
    Array.from({ length: 40 }, (_, number) => {
      const found = number % 4 === 0 || rpc === "ListBooks" ? (differences[rpc] ?? []) : [];
      return observation(at * 40 + number, {
        rpc: `${service}.${rpc}`,
        target: `/v1/${rpc.toLowerCase()}/shelves/lem/books/solaris?page_size=${number}`,
        old: { status: 200, ms: 8 + number * (at + 1) },
        new: { status: 200, ms: 5 + number * (8 - at) },
        differences: found,
        noise: rpc === "ListBooks" ? [{ class: "value", path: "next_page_token" }] : [],
        ...(found.length === 0
          ? {}
          : { bodies: { old: body("2024-01-01T00:00:00Z"), new: body("2024-01-01T00:00:00.000Z") } }),
      });
    }),
  );
}

/** A migration that has not begun. */
export function quietPage(): PageData {
  return pageData(libraryPlan(), { zipBytes: new Map(), diagnostics: [], date: new Date(0) });
}

/** Every text of a comparison is hostile. */
export function hostilePage(): PageData {
  const difference = { class: "shape", path: hostile, old: hostile, new: hostile, types: "string" } as const;
  const seen = [
    observation(1, {
      rpc: `${service}.GetBook`,
      target: `/v1/${hostile}`,
      differences: [difference],
      bodies: { old: hostile, new: hostile },
    }),
    observation(2, {
      rpc: hostile,
      differences: [{ ...difference, class: "value" }],
      noise: [{ class: "value", path: hostile }],
    }),
  ];
  return pageData(libraryPlan(), {
    comparison: {
      ...comparison(seen),
      ...{ old: hostile, new: hostile, stopped: hostile },
      run: { version: hostile, sources: [hostile], noise: false },
    },
    zipBytes: new Map(),
    diagnostics: [diagnostic("PL031", hostile, { help: hostile })],
    date: new Date(0),
  });
}
