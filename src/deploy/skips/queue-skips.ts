/** Skips of queues. */
import { type Skip, skip } from "./skip.js";

/** The queue for events that functions fail on. */
export const deadLetterQueueSkips: readonly Skip[] = [
  skip(
    "It is the queue for what failed: nothing is read from it again and again.",
    [],
    ["AwsSolutions-SQS3", "Serverless-SQSRedrivePolicy"],
  ),
  {
    ...skip("SQS encrypts it with its own key: a deadLetterQueue of yours may have another.", []),
    // In templates checkov knows keys of KMS alone.
    checkov: { template: ["CKV_AWS_27"], module: ["CKV2_AWS_73"] },
  },
];
