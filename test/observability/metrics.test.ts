/** Metrics in CloudWatch's embedded format, by its specification. */
import { afterEach, expect, test, vi } from "vitest";
import { emf } from "../../src/runtime/observability/emf.js";
import { handlerErrors } from "../../src/runtime/observability/handler-errors.js";
import { observe } from "../../src/runtime/observability/observe.js";
import { reportAll } from "../../src/runtime/observability/report-all.js";
import { requestLines } from "../../src/runtime/observability/request-lines.js";
import { RpcError } from "../../src/runtime/status.js";
import { type Handlers, type Line, observed, type Sent } from "./observed.js";

afterEach(() => void vi.unstubAllEnvs());

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
}

/** What CloudWatch reads from a line: `Metric{dimension=value,…}` with its value and unit. Throws for what it would refuse. */
function readMetrics(line: Line): Record<string, string> {
  const { Timestamp: timestamp, CloudWatchMetrics: directives } = line["_aws"] as {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly Directive[];
  };
  expect(Math.abs(Date.now() - timestamp)).toBeLessThan(60_000);
  const read: Record<string, string> = {};
  for (const { Namespace: namespace, Dimensions: sets, Metrics: metrics } of directives) {
    expect(namespace).toBe("grpc2lambda");
    for (const set of sets) {
      expect(set.length).toBeLessThanOrEqual(30);
      const values = set.map((name) => {
        expect(line[name]).toEqual(expect.stringMatching(/^.{1,1024}$/));
        return `${name}=${line[name]}`;
      });
      for (const { Name: name, Unit: unit } of metrics) {
        expect(typeof line[name]).toBe("number");
        const value = name === "Latency" ? "" : `${line[name]} `;
        read[`${name}{${values.join()}}`] = `${value}${unit}`;
      }
    }
  }
  return read;
}

const metricsOf = async (handlers: Handlers, sent: Sent = {}): Promise<Record<string, string>> => {
  vi.stubEnv("STAGE", "prod");
  const send = observed(observe({ api: "shop", report: emf() }), handlers);
  await send(sent);
  const { lines } = await send(sent);
  expect(lines).toHaveLength(1);
  return readMetrics(lines[0] ?? {});
};

test("a reply", async () => {
  expect(await metricsOf({})).toEqual({
    "Requests{api=shop,stage=prod,code=OK}": "1 Count",
    "Requests{api=shop,stage=prod,service=acme.v1.Shop,method=Buy,code=OK}": "1 Count",
    "Latency{api=shop,stage=prod}": "Milliseconds",
    "Errors{api=shop,stage=prod}": "0 Count",
    "ColdStarts{api=shop,stage=prod}": "0 Count",
    "Latency{api=shop,stage=prod,service=acme.v1.Shop,method=Buy}": "Milliseconds",
    "Errors{api=shop,stage=prod,service=acme.v1.Shop,method=Buy}": "0 Count",
    "ColdStarts{api=shop,stage=prod,service=acme.v1.Shop,method=Buy}": "0 Count",
  });
});

test.each([
  ["NOT_FOUND", 0],
  ["UNIMPLEMENTED", 0],
  ["UNKNOWN", 1],
  ["DEADLINE_EXCEEDED", 1],
  ["INTERNAL", 1],
  ["UNAVAILABLE", 1],
  ["DATA_LOSS", 1],
] as const)("%s: %i errors", async (code, count) => {
  const read = await metricsOf({ buy: () => Promise.reject(new RpcError(code, "why")) });
  expect(read["Errors{api=shop,stage=prod}"]).toBe(`${count} Count`);
  expect(read[`Requests{api=shop,stage=prod,service=acme.v1.Shop,method=Buy,code=${code}}`]).toBe("1 Count");
});

test("whatever paths strangers ask for, there is one series of them", async () => {
  const read = await metricsOf({}, { path: "/etc/passwd" });
  expect(read["Requests{api=shop,stage=prod,service=none,method=none,code=NOT_FOUND}"]).toBe("1 Count");
});

/** What Lambda passes on of a line at a level: without a level of its own it is taken for INFO. */
function passes({ level = "INFO", timestamp }: Line, least: string): boolean {
  const levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
  const own = Number.isNaN(Date.parse(String(timestamp))) ? "INFO" : String(level);
  return levels.indexOf(own) >= levels.indexOf(least);
}

test.each([
  ["TRACE", ["request"]],
  ["INFO", ["request"]],
  ["WARN", []],
  ["ERROR", []],
  ["FATAL", []],
])("at level %s Lambda passes metrics on, whatever becomes of the line of the request", async (least, expected) => {
  vi.stubEnv("AWS_LAMBDA_LOG_LEVEL", least);
  vi.stubEnv("STAGE", undefined);
  const { lines } = await observed(observe({ api: "shop", report: reportAll(emf(), requestLines()) }), {})();
  const [metrics = {}, ...others] = lines.filter((line) => passes(line, least));
  expect(readMetrics(metrics)).toHaveProperty("Requests{api=shop,stage=none,code=OK}", "1 Count");
  expect(others.map(({ message }) => message)).toEqual(expected);
});

test.each<[string, Handlers, readonly string[]]>([
  ["that breaks", { buy: () => Promise.reject(new TypeError("shelf is undefined")) }, ["shelf is undefined"]],
  ["that is meant for the client", { buy: () => Promise.reject(new RpcError("NOT_FOUND", "no item 1")) }, []],
])("an error %s, where requests have no lines", async (_, handlers, expected) => {
  vi.stubEnv("AWS_LAMBDA_LOG_LEVEL", "INFO");
  const send = observed(observe({ api: "shop", report: reportAll(emf(), handlerErrors) }), handlers);
  const { lines } = await send();
  const written = lines.filter((line) => line["_aws"] === undefined);
  expect(written.map(({ level }) => level)).toEqual(expected.map(() => "ERROR"));
  for (const [at, text] of expected.entries()) expect(JSON.stringify(written[at])).toContain(text);
});
