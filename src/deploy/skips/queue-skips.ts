/** Skips of queues. */
import { type Skip, skip, skipInModules } from "./skip.js";

/** The queue for events that functions fail on. */
export const deadLetterQueueSkips: readonly Skip[] = [
  skip(
    "It is the queue for what failed: nothing is read from it again and again.",
    [],
    ["AwsSolutions-SQS3", "Serverless-SQSRedrivePolicy"],
  ),
  skipInModules(skip("SQS encrypts it with its own key: a deadLetterQueue of yours may have another.", []), [
    "CKV2_AWS_73",
  ]),
];
