/** Alarms that can go off, and dashboards: what they measure, and that CloudWatch takes them. */
import { describe, expect, it, test } from "vitest";
import { renderDeployment } from "./render-deployment.js";
import { parseTemplate, type Template, validateCloudFormation } from "../support/validate-template.js";
import { alarms, countedPlan, plan, render, small, watchedPlan } from "./plans.js";

interface Term {
  readonly Id: string;
  readonly Expression?: string;
  readonly ReturnData: boolean;
  readonly MetricStat?: { readonly Metric: { readonly Namespace: string; readonly MetricName: string } };
}

interface Alarm {
  readonly AlarmName: { readonly "Fn::Sub": string };
  readonly Metrics: readonly Term[];
  readonly TreatMissingData: string;
}

function alarmsOf({ Resources: resources }: Template): Alarm[] {
  return Object.values(resources)
    .filter(({ Type: type }) => type === "AWS::CloudWatch::Alarm")
    .map(({ Properties: properties }) => properties as unknown as Alarm);
}

/** `server-errors: AWS/ApiGateway 5xx`, of each alarm. */
function measured(template: Template): string[] {
  return alarmsOf(template).map(({ AlarmName: name, Metrics: terms }) => {
    const metrics = terms.flatMap(({ MetricStat: own }) =>
      own === undefined ? [] : [`${own.Metric.Namespace} ${own.Metric.MetricName}`],
    );
    return `${name["Fn::Sub"].replace("${AWS::StackName}-", "")}: ${[...new Set(metrics)].join(", ")}`;
  });
}

const ofLambda = ["throttles: AWS/Lambda Throttles", "concurrency: AWS/Lambda ClaimedAccountConcurrency"];

describe.each([
  ["http-api", ["server-errors: AWS/ApiGateway 5xx", "server-error-rate: AWS/ApiGateway 5xx, AWS/ApiGateway Count"]],
  [
    "rest-api",
    ["server-errors: AWS/ApiGateway 5XXError", "server-error-rate: AWS/ApiGateway 5XXError, AWS/ApiGateway Count"],
  ],
  [
    "alb",
    [
      "server-errors: AWS/ApplicationELB HTTPCode_Target_5XX_Count, AWS/ApplicationELB HTTPCode_ELB_5XX_Count",
      "server-error-rate: AWS/ApplicationELB HTTPCode_Target_5XX_Count, AWS/ApplicationELB HTTPCode_ELB_5XX_Count, AWS/ApplicationELB RequestCount",
    ],
  ],
  [
    "function-url",
    ["server-errors: AWS/Lambda Url5xxCount", "server-error-rate: AWS/Lambda Url5xxCount, AWS/Lambda UrlRequestCount"],
  ],
] as const)("%s", (frontDoor, ofDoor) => {
  const template = parseTemplate(render(watchedPlan(frontDoor)));

  it("measures the front door, because Lambda counts no failure of an RPC", () => {
    expect(measured(template)).toEqual([...ofDoor, ...ofLambda]);
  });

  it("lets metrics without data count as 0, and an API without requests fail nobody", () => {
    for (const { Metrics: terms, TreatMissingData: missing } of alarmsOf(template)) {
      expect(missing).toBe("notBreaching");
      expect(terms.filter(({ ReturnData: compared }) => compared)).toHaveLength(1);
      const ids = terms.flatMap(({ Id: id, MetricStat: metric }) => (metric === undefined ? [] : [id]));
      const expression = terms.at(-1)?.Expression;
      if (expression === undefined) expect(ids).toHaveLength(1);
      else expect(ids.filter((id) => !expression.includes(`FILL(${id},0)`))).toEqual([]);
      expect(expression ?? "").not.toMatch(/(?<!FILL\()\b(?:errors|requests|throttles)\d*\b/);
    }
  });

  it("has a dashboard that is JSON in every target", () => {
    const { DashboardBody: body } = (template.Resources.LibraryServiceDashboard ?? { Properties: {} }).Properties as {
      DashboardBody: { "Fn::Sub": string | [string] };
    };
    const { widgets } = JSON.parse([body["Fn::Sub"]].flat()[0] ?? "");
    expect(widgets.map(({ properties }: { properties: { title: string } }) => properties.title)).toEqual([
      "Requests",
      "4xx and 5xx",
      frontDoor === "alb" ? "Latency in seconds" : "Latency in milliseconds",
      "Invocations",
      "Duration p99 in milliseconds",
      "Concurrent instances",
      "Throttles",
    ]);
    const planned = watchedPlan(frontDoor);
    const module = JSON.parse(render({ ...planned, deployment: { ...planned.deployment, target: "terraform" } }));
    expect(JSON.parse(module.resource.aws_cloudwatch_dashboard.library_service.dashboard_body).widgets).toHaveLength(7);
  });
});

test("functions that count their requests by code have an alarm for each code of a failure, and graphs", () => {
  const template = parseTemplate(render(countedPlan()));
  const byCode = ["unknown", "deadline-exceeded", "internal", "unavailable", "data-loss"];
  expect(measured(template)).toEqual(expect.arrayContaining(byCode.map((code) => `${code}: grpc2lambda Requests`)));
  const internal = alarmsOf(template).find(({ AlarmName: name }) => name["Fn::Sub"].endsWith("-internal"));
  expect(internal?.Metrics[0]?.MetricStat?.Metric).toMatchObject({
    Dimensions: [
      { Name: "api", Value: "library" },
      { Name: "stage", Value: { Ref: "Stage" } },
      { Name: "code", Value: "INTERNAL" },
    ],
  });
  const { DashboardBody: body } = (template.Resources.LibraryServiceDashboard ?? { Properties: {} }).Properties as {
    DashboardBody: { "Fn::Sub": string };
  };
  const { widgets } = JSON.parse(body["Fn::Sub"].replaceAll("${!", "${"));
  const [codes, latency, cold] = widgets
    .slice(3, 6)
    .map((widget: { properties: { metrics: unknown[] } }) => widget.properties.metrics);
  expect(codes).toContainEqual([
    {
      expression:
        'SUM(SEARCH(\'{grpc2lambda,api,stage,service,method,code} MetricName="Requests" api="library" stage="${Stage}" service="acme.library.v1.LibraryService" code="INTERNAL"\', \'Sum\', 60))',
      label: "INTERNAL",
    },
  ]);
  expect(codes).toHaveLength(17);
  expect(latency).toEqual([[{ expression: expect.stringContaining("'p99', 60)"), label: "${PROP('Dim.method')}" }]]);
  expect(cold[0][0].expression).toContain('MetricName="ColdStarts"');
});

test("CloudWatch may use the key of the topic, which it cannot with SNS's own", () => {
  const { Resources: resources } = parseTemplate(render(plan(small, { alarms })));
  expect(resources.AlarmTopic?.Properties).toEqual({ KmsMasterKeyId: { Ref: "AlarmTopicKey" } });
  expect(JSON.stringify(resources.AlarmTopicKey?.Properties)).toContain(
    '"Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":["kms:Decrypt","kms:GenerateDataKey*"]',
  );
});

test("CodeDeploy takes a release back by the names of alarms, because references would go in a circle", () => {
  const release = { alias: "live", traffic: "Linear10PercentEvery1Minute" } as const;
  const template = parseTemplate(render(plan(small, { alarms, release })));
  const { DeploymentPreference: preference } = template.Globals.Function as {
    DeploymentPreference: { Alarms: { "Fn::Sub": string }[] };
  };
  expect(preference.Alarms).toEqual([{ "Fn::Sub": "${AWS::StackName}-server-errors" }]);
  expect(alarmsOf(template).map((alarm) => alarm.AlarmName)).toEqual(expect.arrayContaining(preference.Alarms));
});

test("an alarm has ten metrics at most, a graph a hundred lines, and nested stacks say the names of their functions", () => {
  const rpcs = Array.from({ length: 140 }, (_, at) => {
    return `rpc Get${at}(M) returns (M) { option (google.api.http) = { get: "/v1/kinds${at}/{name}" }; }`;
  });
  const source = `syntax = "proto3";\npackage acme.v1;\nimport "google/api/annotations.proto";\nservice Orders {\n${rpcs.join("\n")}\n}\nmessage M { string name = 1; }\n`;
  const files = renderDeployment(plan(source, { alarms, dashboards: true }));
  const root = parseTemplate(files[0]?.content ?? "");
  expect(files).toHaveLength(3);
  const sizes = alarmsOf(root).map(({ Metrics: terms }) => terms.filter((term) => term.MetricStat).length);
  expect(sizes.filter((size) => size === 10)).toHaveLength(14);
  expect(Math.max(...sizes)).toBe(10);
  const { DashboardBody: body } = (root.Resources.OrdersDashboard ?? { Properties: {} }).Properties as {
    DashboardBody: { "Fn::Sub": string };
  };
  const [, , , invocations] = JSON.parse(body["Fn::Sub"]).widgets;
  expect(invocations.properties.title).toBe("Invocations, 100 of 140 functions");
  expect(invocations.properties.metrics).toHaveLength(100);
  expect(body["Fn::Sub"].match(/\$\{\w+Function\}/g)).toBeNull();
  for (const { content } of files) expect(validateCloudFormation(content)).toEqual([]);
});
