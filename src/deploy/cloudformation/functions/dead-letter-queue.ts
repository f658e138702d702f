/** The queue for events that functions fail on. */
import { inline, noted } from "../../resources/document.js";
import type { ResourceModel } from "../../resources/resource-model.js";
import { deadLetterQueueSkips } from "../../skips/queue-skips.js";
import { keptOrDeleted, tagList } from "../function-settings.js";
import { getAtt, ref } from "../intrinsics.js";
import { metadata } from "../metadata.js";
import type { Resources } from "../dialect.js";

/** The queue and its policy, by logical id; none where it is not made here. */
export function deadLetterQueueResources({ ownDeadLetterQueue, shared: { tags } }: ResourceModel): Resources {
  if (!ownDeadLetterQueue) return {};
  return {
    DeadLetterQueue: noted("Events that a function failed on three times, for 14 days: as long as SQS keeps any.", {
      Type: "AWS::SQS::Queue",
      ...keptOrDeleted(false),
      Metadata: metadata(deadLetterQueueSkips),
      Properties: { SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600, Tags: tagList(tags) },
    }),
    DeadLetterQueuePolicy: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: {
        Queues: [ref("DeadLetterQueue")],
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "TlsOnly",
              Effect: "Deny",
              Principal: "*",
              Action: "sqs:*",
              Resource: getAtt("DeadLetterQueue", "Arn"),
              Condition: { Bool: inline({ "aws:SecureTransport": "false" }) },
            },
          ],
        },
      },
    },
  };
}
