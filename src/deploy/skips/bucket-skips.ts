/** Skips of buckets. */
import { type Skip, skip, skipInModules } from "./skip.js";

const unlogged = ["CKV_AWS_18"];

const unversioned = ["CKV_AWS_21"];

/** The bucket of large payloads. */
export const payloadBucketSkips: readonly Skip[] = [
  skip("Functions log every request that has a large payload.", unlogged, ["AwsSolutions-S1"]),
  skipInModules(skip("Payloads are deleted after a day: versions and copies would stay.", unversioned), [
    "CKV_AWS_144",
    "CKV2_AWS_62",
  ]),
  skipInModules(skip("S3 encrypts them with its own key: links need no permission for another.", []), ["CKV_AWS_145"]),
];

/** The bucket with the logs of a load balancer. */
export const accessLogBucketSkips: readonly Skip[] = [
  skip("Logs of access to logs would be without end.", unlogged, ["AwsSolutions-S1"]),
  skipInModules(skip("Each file is written once, and deleted after LogRetentionDays.", unversioned), [
    "CKV_AWS_144",
    "CKV2_AWS_62",
  ]),
  skipInModules(skip("Load balancers write with S3's own key only.", []), ["CKV_AWS_145"]),
];
