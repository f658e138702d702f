/** Counts of the requests of this process, as Prometheus reads them. */
import { noRpc } from "./metric-names.js";
import type { EndedRequest } from "./observe.js";

/** Counts of requests, which only grow. */
export interface RequestCounts {
  /** Counts a request. */
  add(ended: EndedRequest): void;
  /** All counts, in the text format. https://prometheus.io/docs/instrumenting/exposition_formats/ */
  text(): string;
}

/** Names of the metrics with their types. */
const types = {
  grpc2lambda_requests_total: "counter",
  grpc2lambda_cold_starts_total: "counter",
  grpc2lambda_latency_seconds: "summary",
} as const;

/** Makes counts that begin at zero. Labels are bounded by the API: `service` and `method`, and of requests `code`, and `side` where traffic is divided. */
export function requestCounts(): RequestCounts {
  const values = new Map<string, number>();
  const count = (name: string, amount: number): void => void values.set(name, (values.get(name) ?? 0) + amount);
  return {
    add: ({ fields: { code = "UNKNOWN", durationMs, coldStart }, invocation: { called } }) => {
      const rpc = `service="${called?.service || noRpc}",method="${called?.method || noRpc}"`;
      const side = called?.side === undefined ? "" : `,side="${called.side}"`;
      count(`grpc2lambda_requests_total{${rpc},code="${code}"${side}}`, 1);
      count(`grpc2lambda_cold_starts_total{${rpc}}`, Number(coldStart));
      count(`grpc2lambda_latency_seconds_sum{${rpc}}`, durationMs / 1000);
      count(`grpc2lambda_latency_seconds_count{${rpc}}`, 1);
    },
    text: () =>
      Object.entries(types)
        .flatMap(([name, type]) => {
          const own = [...values].filter(([series]) => series.startsWith(name));
          return [`# TYPE ${name} ${type}`, ...own.map(([series, value]) => `${series} ${value}`), ""];
        })
        .join("\n"),
  };
}
