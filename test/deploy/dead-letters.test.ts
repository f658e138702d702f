/** Queues for events that functions fail on: which function has which, and what is made and allowed for them, in every target. */
import { expect, test } from "vitest";
import { buildResources } from "../../src/deploy/resources/build-resources.js";
import { valueText } from "../../src/deploy/permissions/role-grants.js";
import { nameInArn, readSubstitutions } from "../../src/deploy/resources/value.js";
import { targetIds } from "../../src/plan/deployment-target-id.js";
import type { DeadLetterSetting, Plan } from "../../src/plan/plan.js";
import type { OwnRouteOptions } from "../../src/plan/plan-options.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import { parseTemplate } from "../support/validate-template.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";
import { logicalIds } from "../../src/deploy/cloudformation/logical-ids.js";
import { deadLetterPlan, failedEvents, ownRoutes, plan, render, small } from "./plans.js";

const own = { kind: "own" } as const;
const none = { kind: "none" } as const;

function queuesOf(planned: Plan): Record<string, string> {
  const { functions } = buildResources(planned);
  return Object.fromEntries(functions.map((fn) => [fn.id, fn.deadLetterQueue ? valueText(fn.deadLetterQueue) : ""]));
}

/** Own routes with a queue for the one that is a function of the user. */
function callbackWith(deadLetterQueue: DeadLetterSetting): OwnRouteOptions[] {
  return ownRoutes.map((route) =>
    route.answer.kind === "function" ? { ...route, answer: { ...route.answer, deadLetterQueue } } : route,
  );
}

test("an RPC's queue counts before its service's before the API's; who answers requests alone has none", () => {
  const planned = plan(
    small,
    { deadLetterQueue: own },
    {
      routes: callbackWith(failedEvents),
      serviceOptions: new Map([["acme.library.v1.LibraryService", { deadLetterQueue: failedEvents }]]),
      methodOptions: new Map([
        ["acme.library.v1.LibraryService.GetShelf", { deadLetterQueue: none }],
        ["acme.library.v1.LibraryService.Download", { deadLetterQueue: own }],
      ]),
    },
  );
  const failed = "arn:<place partition>:sqs:<place region>:<place account>:<place stack>-failed";
  expect(queuesOf(planned)).toEqual({
    "library-service-get-shelf": "",
    "library-service-post-v1-shelves": failed,
    "library-service-download": "<deadLetterQueue arn>",
    "library-service-anything": failed,
    unrouted: "",
    "fixed-answers": "",
    callback: failed,
  });
});

test("a function of the user's own has the queue of the API unless its route names another", () => {
  const callback = (routes: readonly OwnRouteOptions[]) =>
    queuesOf(plan(small, { deadLetterQueue: own }, { routes }))["callback"];
  expect(callback(ownRoutes)).toBe("<deadLetterQueue arn>");
  expect(callback(callbackWith(none))).toBe("");
});

test("without the setting nothing of it is in a template", () => {
  for (const target of targetIds) expect(render(plan(small, { target }))).not.toMatch(/DeadLetter(?!s)|sqs/i);
});

test.each(["sam", "cloudformation"] as const)("%s: the queue, its policy, and who may write to it", (target) => {
  const { Resources: resources, Outputs: outputs } = parseTemplate(
    render(deadLetterPlan("http-api", target)),
  ) as ReturnType<typeof parseTemplate> & { Outputs: object };
  expect(resources["DeadLetterQueue"]).toMatchObject({
    Type: "AWS::SQS::Queue",
    DeletionPolicy: "Delete",
    Properties: { SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 },
  });
  expect(resources["DeadLetterQueuePolicy"]?.Properties).toMatchObject({
    PolicyDocument: {
      Statement: [{ Effect: "Deny", Action: "sqs:*", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
    },
  });
  const arn = { "Fn::GetAtt": ["DeadLetterQueue", "Arn"] };
  const { DeadLetterConfig: config, DeadLetterQueue: queue } =
    resources["LibraryServiceGetShelfFunction"]?.Properties ?? {};
  if (target === "sam") expect(queue).toEqual({ Type: "SQS", TargetArn: arn });
  else expect(config).toEqual({ TargetArn: arn });
  const policies = (id: string) => JSON.stringify(resources[id]?.Properties["Policies"]);
  expect(policies("LibraryServiceGetShelfRole")).toContain(
    `{"Effect":"Allow","Action":["sqs:SendMessage"],"Resource":${JSON.stringify(arn)}}`,
  );
  expect(policies("LibraryServiceDownloadRole")).toContain(
    '"Action":["sqs:SendMessage"],"Resource":{"Ref":"FailedArn"}',
  );
  expect(policies("UnroutedRole")).not.toContain("sqs:");
  expect(outputs).toHaveProperty("DeadLetterQueueUrl");
});

test("an alarm counts the events in every queue, those of a parameter by the name in its ARN", () => {
  const { Resources: resources } = parseTemplate(render(deadLetterPlan("http-api", "cloudformation")));
  expect(resources["DeadLettersAlarm"]?.Properties).toMatchObject({
    Threshold: { Ref: "AlarmDeadLetters" },
    Metrics: [
      {
        Id: "events1",
        MetricStat: {
          Metric: {
            Namespace: "AWS/SQS",
            MetricName: "ApproximateNumberOfMessagesVisible",
            Dimensions: [{ Name: "QueueName", Value: { "Fn::GetAtt": ["DeadLetterQueue", "QueueName"] } }],
          },
          Stat: "Maximum",
        },
      },
      { Id: "events2", MetricStat: { Metric: { Dimensions: [{ Value: { "Fn::Sub": ["${NameInFailedArn}", {}] } }] } } },
      { Id: "events", Expression: "FILL(events1,0)+FILL(events2,0)" },
    ],
  });
});

test("terraform: the same queue, function, permission and alarm", () => {
  const module = JSON.parse(render(deadLetterPlan("http-api", "terraform")));
  const {
    aws_lambda_function: functions,
    aws_sqs_queue: queues,
    aws_cloudwatch_metric_alarm: alarms,
  } = module.resource;
  expect(queues.dead_letters).toMatchObject({ sqs_managed_sse_enabled: true, message_retention_seconds: 1_209_600 });
  expect(functions.library_service_get_shelf.dead_letter_config).toEqual({
    target_arn: "${aws_sqs_queue.dead_letters.arn}",
  });
  expect(functions.library_service_download.dead_letter_config).toEqual({ target_arn: "${var.failed_arn}" });
  expect(functions.unrouted.dead_letter_config).toBeUndefined();
  expect(JSON.stringify(alarms.dead_letters.metric_query)).toContain(
    '"dimensions":{"QueueName":"${element(split(\\":\\", var.failed_arn), 5)}"}',
  );
  expect(module.output.dead_letter_queue_url.value).toBe("${aws_sqs_queue.dead_letters.url}");
});

test("a version of other dead-letter settings is another version, and one without has its old name", () => {
  const versionOf = (deployment: Parameters<typeof plan>[1]): string | undefined => {
    const planned = plan(small, { target: "cloudformation", release: { alias: "live" }, ...deployment });
    const model = buildResources(planned);
    const built = { ...model, functions: model.functions.map((fn) => ({ ...fn, codeHash: "0".repeat(64) })) };
    return [...logicalIds(built, { alias: () => "Alias" }).versions.values()][0];
  };
  expect(versionOf({})).toBe("LibraryServiceGetShelfVersion2013879f21");
  expect(versionOf({ deadLetterQueue: own })).not.toBe(versionOf({}));
});

test.each([
  ["arn:aws:sqs:eu-central-1:123456789012:failed", "failed"],
  ["arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-failed", "<place stack>-failed"],
  ["arn:aws:sqs:eu-central-1:123456789012:failed-${Stage}", "failed-<parameter Stage>"],
])("the name in %s is %s", (arn, name) => {
  expect(valueText(nameInArn(readSubstitutions(arn)))).toBe(name);
});

test("routes with one function name one queue", () => {
  const twice = [...callbackWith(own), ...callbackWith(failedEvents).map((route) => ({ ...route, httpMethod: "PUT" }))];
  const { diagnostics } = planGeneration(modelFromProto({ "library.proto": small }), planOptions({ routes: twice }));
  expect(diagnostics.filter(({ code }) => code === "PL032").map(({ message }) => message)).toEqual([
    "PUT /callbacks/{provider} has another deadLetterQueue than an earlier route with src/callback.ts#handler: expected one",
  ]);
});
