/** The queue for events that functions fail on. */
import { type Block, resource } from "./block.js";
import type { Json } from "./template-text.js";

/** The queue and its policy. */
export function deadLetterQueueBlocks(tags: Json | undefined): Block[] {
  return [
    resource(
      "aws_sqs_queue",
      "dead_letters",
      {
        name: "${local.name}-dead-letters",
        sqs_managed_sse_enabled: true,
        message_retention_seconds: 1_209_600,
        tags,
      },
      "Events that a function failed on three times, for 14 days: as long as SQS keeps any.",
    ),
    resource("aws_sqs_queue_policy", "dead_letters", {
      queue_url: "${aws_sqs_queue.dead_letters.url}",
      policy: "${data.aws_iam_policy_document.dead_letters.json}",
    }),
  ];
}

/** The policy of the queue. */
export const deadLetterQueuePolicy: Block = resource("aws_iam_policy_document", "dead_letters", {
  statement: {
    sid: "TlsOnly",
    effect: "Deny",
    actions: ["sqs:*"],
    resources: ["${aws_sqs_queue.dead_letters.arn}"],
    principals: { type: "*", identifiers: ["*"] },
    condition: { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
  },
});
