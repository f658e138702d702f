/** Settings of the front door in addition to its routes: the host name under which the API answers, who reaches it, and how much it takes. */
import type { TemplateValue } from "./deployment-plan.js";

/** A host name of the API's own. */
export interface DomainPlan {
  /** `api.example.com`; each stage may have its own: `${Stage}.api.example.com`. */
  readonly name: TemplateValue;
  /** ARN of a certificate in AWS Certificate Manager, of the region of the API. */
  readonly certificate: TemplateValue;
  /** Path in front of the API's own: `/library`. Absent: `DeploymentPlan.basePath`, or none. */
  readonly basePath?: string;
  /** Id of the Route 53 zone that gets the record of the name. Absent: the record is made elsewhere. */
  readonly hostedZone?: TemplateValue;
  /** Version of TLS that clients have to speak at least. */
  readonly minimumTls: "1.2" | "1.3";
  /** Absent: clients need no certificate. */
  readonly mtls?: MutualTls;
  /** The API answers under no other name. */
  readonly only: boolean;
}

/** Certificates that clients have to present. */
export interface MutualTls {
  /** Certificates of the authorities that are trusted, as PEM: `s3://bucket/authorities.pem`. */
  readonly truststore: string;
  /** Version of that object. Absent: the newest when deploying. */
  readonly version?: string;
}

/** Requests that a route takes; those above are answered 429. */
export interface ThrottlingPlan {
  /** Requests a second, in the long run. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

/** Answers to GET requests that a REST API remembers. */
export interface CachePlan {
  /** Seconds, 1 to 3600. */
  readonly seconds: number;
}

/** The use of a REST API by the holder of an API key. */
export interface UsagePlan {
  /** Requests of each key to all routes together. Absent: no limit. */
  readonly throttling?: ThrottlingPlan;
  /** Absent: no limit. */
  readonly quota?: { readonly requests: number; readonly per: "day" | "week" | "month" };
  /** A key is made with the plan, or none is. */
  readonly key: "own" | "none";
  /** The header X-API-Key, or what an authorizer returns. */
  readonly keySource: "header" | "authorizer";
}

/** Callers that reach a REST API at all, before credentials are checked. All that is named has to hold. */
export interface AllowPlan {
  /** Ids of VPC endpoints, of a private API. */
  readonly vpcEndpoints?: readonly TemplateValue[];
  /** Ranges of addresses. */
  readonly sourceIps?: readonly TemplateValue[];
  /** Accounts whose principals sign requests. Absent: the API's own. */
  readonly accounts?: readonly TemplateValue[];
}

/** The domain's part of a plan's settings. */
interface Named {
  readonly frontDoor: string;
  readonly hosts: readonly string[];
  readonly domain?: DomainPlan;
}

/** Host names that a load balancer's rules ask for: those of the configuration, or the domain where the API answers under no other name. */
export function hostsOf({ frontDoor, hosts, domain }: Named): TemplateValue[] {
  const named = hosts.map((text): TemplateValue => ({ kind: "text", text }));
  return named.length === 0 && frontDoor === "alb" && domain?.only === true ? [domain.name] : named;
}
