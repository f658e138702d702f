/** The host name of the API's own, for every target. */
import type { MutualTls, Plan } from "../../plan/plan.js";
import type { DomainResource } from "./resource-model.js";
import { settingValue } from "./statements.js";
import { join, readSubstitutions, type Value } from "./value.js";

/** Security policies of the domains of REST APIs. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html */
export const restSecurityPolicies = { "1.2": "TLS_1_2", "1.3": "SecurityPolicy_TLS13_1_3_2025_09" } as const;

/** Security policies of listeners. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
export const listenerPolicies = {
  "1.2": "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "1.3": "ELBSecurityPolicy-TLS13-1-3-2021-06",
} as const;

/** The domain; undefined without one. */
export function domainResource({ deployment }: Plan): DomainResource | undefined {
  const { domain, basePath = "" } = deployment;
  if (domain === undefined) return undefined;
  return {
    name: settingValue(domain.name),
    certificate: settingValue(domain.certificate),
    basePath: basePath.replace(/^\//, ""),
    ...(domain.hostedZone === undefined ? {} : { hostedZone: settingValue(domain.hostedZone) }),
    minimumTls: domain.minimumTls,
    ...(domain.mtls === undefined ? {} : { truststore: truststore(domain.mtls) }),
    only: domain.only,
    ipv6: deployment.ipv6,
  };
}

/** The address of the API under its own name. */
export function domainUrl({ name, basePath }: DomainResource): Value {
  return basePath === "" ? join`https://${name}` : join`https://${name}/${basePath}`;
}

function truststore({ truststore: uri, version }: MutualTls): NonNullable<DomainResource["truststore"]> {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]*)\/(.*)$/.exec(uri) ?? [];
  return {
    uri: readSubstitutions(uri),
    bucket: readSubstitutions(bucket),
    key: readSubstitutions(key),
    ...(version === undefined ? {} : { version }),
  };
}
