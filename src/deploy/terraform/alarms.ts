/** Alarms, the topic that gets them, and dashboards. */
import { jsonText } from "../resources/json-text.js";
import type { AlarmResource, AlarmTerm, DashboardResource, ResourceModel } from "../resources/resource-model.js";
import { type Block, resource } from "./block.js";
import { escapeTemplate, type Json, resourceName, templateText, variableName } from "./template-text.js";

/** Alarms, and their topic where it is made here. */
export function alarmBlocks({ alarms, alarmTopic }: ResourceModel): Block[] {
  const topic = alarmTopic === "own" ? "${aws_sns_topic.alarms.arn}" : "${var.alarm_topic_arn}";
  return [...(alarmTopic === "own" ? topicBlocks : []), ...alarms.map((alarm) => alarmBlock(alarm, topic))];
}

function alarmBlock(alarm: AlarmResource, topic: string): Block {
  const last = alarm.terms.length - 1;
  return resource("aws_cloudwatch_metric_alarm", resourceName(alarm.name), {
    alarm_name: `\${local.name}-${alarm.name}`,
    alarm_description: escapeTemplate(alarm.description),
    metric_query: alarm.terms.map((term, at) => metricQuery(term, alarm.period, at === last)),
    comparison_operator: "GreaterThanOrEqualToThreshold",
    threshold: `\${var.${variableName(alarm.threshold)}}`,
    evaluation_periods: alarm.periods,
    datapoints_to_alarm: alarm.datapoints,
    treat_missing_data: "notBreaching",
    alarm_actions: [topic],
    ok_actions: [topic],
  });
}

function metricQuery(term: AlarmTerm, period: number, isCompared: boolean): Json {
  if ("expression" in term)
    return { id: term.id, expression: escapeTemplate(term.expression), label: term.label, return_data: isCompared };
  const { namespace, name, dimensions } = term.metric;
  const named = Object.fromEntries(dimensions.map((each) => [each.name, templateText(each.value)]));
  const metric = { namespace, metric_name: name, dimensions: named, period, stat: term.statistic };
  return { id: term.id, metric, return_data: isCompared };
}

const topicBlocks: readonly Block[] = [
  resource(
    "aws_kms_key",
    "alarms",
    {
      description: "Alarms of ${local.name}",
      enable_key_rotation: true,
      policy: "${data.aws_iam_policy_document.alarm_key.json}",
    },
    "CloudWatch cannot publish to a topic that is encrypted with SNS's own key.",
  ),
  resource("aws_sns_topic", "alarms", {
    name: "${local.name}-alarms",
    kms_master_key_id: "${aws_kms_key.alarms.arn}",
  }),
  resource("aws_sns_topic_policy", "alarms", {
    arn: "${aws_sns_topic.alarms.arn}",
    policy: "${data.aws_iam_policy_document.alarm_topic.json}",
  }),
];

const alarmService: Json = { type: "Service", identifiers: ["cloudwatch.amazonaws.com"] };

const fromThisAccount: Json = {
  test: "StringEquals",
  variable: "aws:SourceAccount",
  values: ["${data.aws_caller_identity.current.account_id}"],
};

/** The policies of the topic and of its key. */
export const alarmTopicPolicies: readonly Block[] = [
  resource("aws_iam_policy_document", "alarm_key", {
    statement: [
      {
        sid: "Owner",
        actions: ["kms:*"],
        resources: ["*"],
        principals: {
          type: "AWS",
          identifiers: [
            "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root",
          ],
        },
      },
      {
        sid: "Alarms",
        actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
        resources: ["*"],
        principals: alarmService,
        condition: fromThisAccount,
      },
    ],
  }),
  resource("aws_iam_policy_document", "alarm_topic", {
    statement: [
      {
        sid: "Alarms",
        actions: ["sns:Publish"],
        resources: ["${aws_sns_topic.alarms.arn}"],
        principals: alarmService,
        condition: fromThisAccount,
      },
      {
        sid: "TlsOnly",
        effect: "Deny",
        actions: ["sns:Publish"],
        resources: ["${aws_sns_topic.alarms.arn}"],
        principals: { type: "*", identifiers: ["*"] },
        condition: { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
      },
    ],
  }),
];

/** The dashboard of a service. */
export function dashboardBlock({ name, service, body }: DashboardResource): Block {
  return resource(
    "aws_cloudwatch_dashboard",
    resourceName(name),
    { dashboard_name: `\${local.name}-${name}`, dashboard_body: templateText(jsonText(body)) },
    service,
  );
}
