/** The requests of the fixtures' vectors as a recording. */
import { readFileSync } from "node:fs";
import type { Suite } from "../transcoding/load-vectors.js";

/** Every vector that is an HTTP request, one a line, as `compare` reads them. */
export function vectorLines(): string {
  const suites = JSON.parse(readFileSync("fixtures/vectors/transcoding.json", "utf8")) as readonly Suite[];
  const cases = suites.flatMap(({ cases }) => cases);
  const lines = cases.flatMap(({ input }) => lineOf(input as VectorInput));
  // Codes that gRPC does not know, with details.
  return [...lines, ...lineOf({ path: "/v1/fail/100?with_details=true" })].join("");
}

interface VectorInput {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

/** Queries without a request are those of Echo. */
function lineOf({ method, path, query, message, headers = {}, body }: VectorInput): string[] {
  const isEcho = query !== undefined && message === "transcoding.vectors.v1.AllTypes";
  if (path === undefined && !isEcho) return [];
  const target = path ?? `/v1/echo?${query}`;
  const pairs = Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value) => [name, value]));
  return [
    `${JSON.stringify({ method: method ?? "GET", target, headers: pairs, ...(body === undefined ? {} : { body }) })}\n`,
  ];
}
