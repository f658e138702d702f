/** Differences in the host name under which an API answers. */
import { expect, test } from "vitest";
import { compareDomains } from "../../src/diff/compare-domains.js";
import type { DomainPlan, Plan } from "../../src/plan/plan.js";
import { plan, small } from "../deploy/plans.js";

const text = (value: string) => ({ kind: "text", text: value }) as const;

const domain: DomainPlan = {
  name: text("api.example.com"),
  certificate: { kind: "parameter", name: "Certificate" },
  minimumTls: "1.2",
  only: true,
};

const planned = plan(small);

function withDomain(own: DomainPlan | undefined): Plan {
  return { ...planned, deployment: { ...planned.deployment, ...(own === undefined ? {} : { domain: own }) } };
}

test.each<[title: string, before: DomainPlan | undefined, after: DomainPlan | undefined, expected: readonly string[]]>([
  ["the same", domain, { ...domain, hostedZone: text("Z1") }, []],
  [
    "a first one",
    undefined,
    domain,
    [
      "  access domain: the API answers under api.example.com, which needs a record that leads to it",
      "! access address: the API answers under its domain alone: the address that AWS gave it is switched off",
    ],
  ],
  [
    "none any more",
    domain,
    undefined,
    [
      "! access domain: the API no longer answers under api.example.com",
      "  access address: the API answers under the address that AWS gives it, too",
    ],
  ],
  [
    "another name",
    domain,
    { ...domain, name: { kind: "parameter", name: "Name" } },
    [
      "! api-replaced domain: the domain is <Name>, before api.example.com: it is made anew, and needs a record of its own",
    ],
  ],
  [
    "other demands",
    domain,
    { ...domain, minimumTls: "1.3", mtls: { truststore: "s3://bucket/a.pem" } },
    [
      "! access TLS: clients have to speak TLS 1.3, before 1.2",
      "! access client certificates: clients present certificates of s3://bucket/a.pem, before of none",
    ],
  ],
  [
    "an older TLS",
    { ...domain, minimumTls: "1.3" },
    domain,
    ["  access TLS: clients have to speak TLS 1.2, before 1.3"],
  ],
])("%s", (_, before, after, expected) => {
  const changes = compareDomains(withDomain(before), withDomain(after));
  expect(changes.map(({ breaking, id, message }) => `${breaking ? "!" : " "} ${id}: ${message}`)).toEqual(expected);
});
