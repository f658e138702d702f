/** Alarms, the topic that gets them, and dashboards. */
import { pascalCase } from "../../plan/naming.js";
import { type Document, type DocumentMembers, inline, noted } from "../resources/document.js";
import { jsonText } from "../resources/json-text.js";
import type { AlarmResource, AlarmTerm, DashboardResource, ResourceModel } from "../resources/resource-model.js";
import { join, parameter, place } from "../resources/value.js";
import type { Resources } from "./dialect.js";
import { ref } from "./intrinsics.js";

/** Alarms by logical id, and their topic where it is made here. */
export function alarmResources({ alarms, alarmTopic }: ResourceModel): Resources {
  const topic = alarmTopic === "own" ? ref("AlarmTopic") : parameter("AlarmTopicArn");
  return {
    ...(alarmTopic === "own" ? topicResources : {}),
    ...Object.fromEntries(alarms.map((alarm) => [`${pascalCase(alarm.name)}Alarm`, alarmResource(alarm, topic)])),
  };
}

function alarmResource(alarm: AlarmResource, topic: Document): Document {
  const last = alarm.terms.length - 1;
  return {
    Type: "AWS::CloudWatch::Alarm",
    Properties: {
      AlarmName: join`${place("stack")}-${alarm.name}`,
      AlarmDescription: alarm.description,
      Metrics: alarm.terms.map((term, at) => termMember(term, alarm.period, at === last)),
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      Threshold: parameter(alarm.threshold),
      EvaluationPeriods: alarm.periods,
      DatapointsToAlarm: alarm.datapoints,
      TreatMissingData: "notBreaching",
      AlarmActions: [topic],
      OKActions: [topic],
    },
  };
}

function termMember(term: AlarmTerm, period: number, isCompared: boolean): Document {
  if ("expression" in term)
    return { Id: term.id, Expression: term.expression, Label: term.label, ReturnData: isCompared };
  const { namespace, name, dimensions } = term.metric;
  return {
    Id: term.id,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions:
          dimensions.length === 0
            ? undefined
            : dimensions.map((each) => inline({ Name: each.name, Value: each.value })),
      },
      Period: period,
      Stat: term.statistic,
    },
    ReturnData: isCompared,
  };
}

const fromThisAccount: DocumentMembers = { StringEquals: { "aws:SourceAccount": place("account") } };

const topicResources: Resources = {
  AlarmTopicKey: noted("CloudWatch cannot publish to a topic that is encrypted with SNS's own key.", {
    Type: "AWS::KMS::Key",
    Properties: {
      Description: join`Alarms of ${place("stack")}`,
      EnableKeyRotation: true,
      KeyPolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Owner",
            Effect: "Allow",
            Principal: { AWS: join`arn:${place("partition")}:iam::${place("account")}:root` },
            Action: "kms:*",
            Resource: "*",
          },
          {
            Sid: "Alarms",
            Effect: "Allow",
            Principal: inline({ Service: "cloudwatch.amazonaws.com" }),
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: "*",
            Condition: fromThisAccount,
          },
        ],
      },
    },
  }),
  AlarmTopic: { Type: "AWS::SNS::Topic", Properties: { KmsMasterKeyId: ref("AlarmTopicKey") } },
  AlarmTopicPolicy: {
    Type: "AWS::SNS::TopicPolicy",
    Properties: {
      Topics: [ref("AlarmTopic")],
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Alarms",
            Effect: "Allow",
            Principal: inline({ Service: "cloudwatch.amazonaws.com" }),
            Action: "sns:Publish",
            Resource: ref("AlarmTopic"),
            Condition: fromThisAccount,
          },
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: ref("AlarmTopic"),
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      },
    },
  },
};

/** Dashboards by logical id. */
export function dashboardResources(dashboards: readonly DashboardResource[]): Resources {
  return Object.fromEntries(
    dashboards.map(({ name, service, body }) => [
      `${pascalCase(name)}Dashboard`,
      noted(service, {
        Type: "AWS::CloudWatch::Dashboard",
        Properties: { DashboardName: join`${place("stack")}-${name}`, DashboardBody: jsonText(body) },
      }),
    ]),
  );
}
