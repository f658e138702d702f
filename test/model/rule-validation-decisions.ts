/**
 * Where this tool's judgement of an http rule differs on purpose from grpc-gateway's (the `expect` of the vectors), by case
 * id. `accepted` with warnings is an agreement with an accepting `expect` and is not listed here, but in
 * `ruleValidationWarnings`.
 */
export interface RuleValidationDecision {
  readonly rule: string;
  /** Codes of the errors; none when the rule is accepted. */
  readonly errors: readonly string[];
  readonly reason: string;
}

export const ruleValidationDecisions: Readonly<Record<string, RuleValidationDecision>> = {
  "rule-validation/029": {
    rule: 'get: "/v1/a" response_body: "n.name"',
    errors: ["HR008"],
    reason: "the specification wants a field of the message itself",
  },
  "rule-validation/021": {
    rule: 'get: "/v1/{ns.name}"',
    errors: ["HR004"],
    reason: "grpc-gateway generates it, and then every request fails",
  },
  "rule-validation/033": {
    rule: 'custom { kind: "LOCK" path: "/v1/a" }',
    errors: [],
    reason: "any method name is valid HTTP; grpc-gateway emits Go that does not parse",
  },
  "rule-validation/034": {
    rule: 'custom { kind: "*" path: "/v1/a" }',
    errors: [],
    reason: "the specification leaves the method open with *; grpc-gateway emits Go that does not parse",
  },
  "rule-validation/050": {
    rule: 'post: "/v1/{id}" body: "*"',
    errors: [],
    reason:
      "Envoy sets the variables in the first message, and the streams in googleapis have them; a warning says that grpc-gateway does not",
  },
};

/** Rules that both accept, and that this tool comments on. */
export const ruleValidationWarnings: Readonly<Record<string, readonly string[]>> = {
  "rule-validation/006": ["HR007"],
  "rule-validation/025": ["HR002"],
  "rule-validation/026": ["HR019"],
  "rule-validation/038": ["HR011"],
  "rule-validation/043": ["HR020"],
  "rule-validation/047": ["HR002"],
  "rule-validation/049": ["HR018"],
  "rule-validation/050": ["HR031"],
  "rule-validation/054": ["HR030"],
};
