/** Data of pages, for the tests of the page. */
import { type PageComparison, type PageData, type PageSources, pageData } from "../../src/migrate/page/page-data.js";
import type { Observation } from "../../src/migrate/results/observation.js";
import { summarize } from "../../src/migrate/results/summary.js";
import { planFromProto } from "../support/plan-from-proto.js";

/** A text that tries to leave its place. */
export const hostile = `</pre></script><img src=x onerror=alert(1)>"'&\u202e\u0000${"x".repeat(10_000)}`;

/** A request of `GetShelf` that both sides answer alike. */
export function observation(id: number, changes: Partial<Observation> = {}): Observation {
  return {
    id: `a:${id}`,
    rpc: "acme.library.v1.LibraryService.GetShelf",
    binding: "GET /v1/{name=shelves/*}",
    method: "GET",
    target: `/v1/shelves/${id}`,
    old: { status: 200, ms: 10 },
    new: { status: 200, ms: 20 },
    differences: [],
    noise: [],
    ...changes,
  };
}

/** A comparison of these requests. */
export function comparison(observations: readonly Observation[]): PageComparison {
  const summary = summarize(observations, { accepted: new Set(), p95: () => undefined });
  return { ...summary, old: "https://old", new: "dev (http-api)", stopped: null };
}

/** Sources of a page with a comparison and nothing else. */
export function sourcesOf(compared: PageComparison): PageSources {
  return { diagnostics: [], comparison: compared, zipBytes: new Map(), date: new Date(0) };
}

/** The data of a page with 1,000 routes and 10,000 kinds of differences. */
export function largePage(): PageData {
  const rpcs = Array.from(
    { length: 1000 },
    (_, at) => `  rpc Get${at}(M) returns (M) { option (google.api.http) = { get: "/v1/r${at}/{name}" }; }`,
  );
  const proto = `syntax = "proto3";\npackage acme;\nimport "google/api/annotations.proto";\nservice S {\n${rpcs.join("\n")}\n}\nmessage M { string name = 1; }\n`;
  const plan = planFromProto({ "a.proto": proto });
  const long = "y".repeat(20_000);
  const seen = Array.from({ length: 10_000 }, (_, at) =>
    observation(at, {
      rpc: `acme.S.Get${at % 1000}`,
      differences: [{ class: "value", path: `field_${at}`, old: long.slice(0, 200), new: "b", types: "string" }],
      bodies: { old: long, new: long },
    }),
  );
  const compared = comparison(seen);
  return pageData(plan, sourcesOf(compared));
}
