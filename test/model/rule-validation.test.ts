import { afterAll, describe, expect, test } from "vitest";
import { buildModel } from "../../src/model/build-model.js";
import { vectorCases } from "../http-rule/vectors.js";
import { suiteTotals } from "../support/suite-totals.js";
import { file, message, method, service, wellKnownFile } from "./descriptors.js";
import { ruleValidationDecisions, ruleValidationWarnings } from "./rule-validation-decisions.js";

interface RuleValidationCase {
  readonly id: string;
  readonly name: string;
  readonly input: { readonly rpc: string; readonly rule: string; readonly options?: readonly string[] };
  readonly expect: { readonly ok: boolean };
}

const messages = [
  message("t.N", "string name"),
  message(
    "t.M",
    "string id; N n; repeated string tags; repeated N ns; map<string, string> m; google.protobuf.Timestamp ts; " +
      "oneof o: string os; oneof o: N on; bytes b; string camelCase",
  ),
];

/** Codes of the errors and of the warnings. */
function judge({ rpc, rule, options = [] }: RuleValidationCase["input"]): { errors: string[]; warnings: string[] } {
  const services = [service("t.S", [method("t.S", rpc, rule)])];
  const { diagnostics } = buildModel({
    files: [wellKnownFile, file("t.proto", { messages, services })],
    targets: ["t.proto"],
    unboundMethods: "report",
    collectRequests: { byDefault: true, methods: new Map() },
    allowDeleteBody: options.includes("allow_delete_body=true"),
  });
  const codes = (severity: string): string[] =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).map((diagnostic) => diagnostic.code);
  return { errors: codes("error"), warnings: codes("warning") };
}

describe("grpc-gateway's rule-validation vectors", () => {
  const cases = vectorCases<RuleValidationCase>("rule-validation");

  const totals = suiteTotals("rule-validation");
  afterAll(() => console.log(totals.row()));

  test.each(cases)("$id $name", ({ id, input, expect: expected }) => {
    const judged = judge(input);
    const decision = ruleValidationDecisions[id];
    return totals.count(decision !== undefined, () => {
      if (decision !== undefined) {
        expect({ rule: input.rule, errors: judged.errors }).toEqual({ rule: decision.rule, errors: decision.errors });
        expect(judged.errors.length === 0).toBe(!expected.ok);
      } else {
        expect(judged.errors.length === 0).toBe(expected.ok);
      }
      expect(judged.warnings).toEqual(ruleValidationWarnings[id] ?? []);
    });
  });

  test("every decision is about a case", () => {
    const ids = new Set(cases.map((each) => each.id));
    const decided = [...Object.keys(ruleValidationDecisions), ...Object.keys(ruleValidationWarnings)];
    expect(decided.filter((id) => !ids.has(id))).toEqual([]);
  });
});
