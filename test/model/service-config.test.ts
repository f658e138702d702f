import { describe, expect, test } from "vitest";
import { formatDiagnostics } from "../../src/cli/report/format-diagnostic.js";
import { MAX_SERVICE_CONFIG_LENGTH, readServiceConfig } from "../../src/model/service-config/service-config.js";

function findings(text: string): string {
  return formatDiagnostics(readServiceConfig(text, "service.yaml").diagnostics).replaceAll(/\n {2}help: .*/g, "");
}

test("reads rules with the places of their parts, and passes over what is somebody else's", () => {
  const text = `type: google.api.Service
apis: [{ name: x }]
http:
  fully_decode_reserved_expansion: true
  rules:
  - selector: t.S.Get
    get: /v1/{name=shelves/*}
    response_body: 'name'
    additionalBindings:
    - custom: { kind: HEAD, path: "/v1/a" }
      body: "*"
`;
  const { config, diagnostics } = readServiceConfig(text, "conf/service.yaml");
  expect(diagnostics).toEqual([]);
  const span = (line: number, column: number, endColumn: number, endLine = line) => ({
    line,
    column,
    endLine,
    endColumn,
  });
  expect(config).toEqual({
    file: "conf/service.yaml",
    fullyDecodeReservedExpansion: true,
    rules: [
      {
        selector: { value: "t.S.Get", span: span(6, 15, 22) },
        pattern: { kind: "get", httpMethod: "GET", path: { value: "/v1/{name=shelves/*}", span: span(7, 10, 30) } },
        responseBody: { value: "name", span: span(8, 21, 25) },
        additionalBindings: [
          {
            pattern: { kind: "custom", httpMethod: "HEAD", path: { value: "/v1/a", span: span(10, 36, 41) } },
            body: { value: "*", span: span(11, 14, 15) },
            additionalBindings: [],
            span: span(10, 7, 16, 11),
          },
        ],
        span: span(6, 5, 16, 11),
      },
    ],
  });
});

test("JSON is YAML", () => {
  const { config } = readServiceConfig(
    '{"http":{"rules":[{"selector":"t.S.Get","responseBody":"a","get":"/v1"}]}}',
    "s.json",
  );
  expect(config?.rules[0]?.responseBody?.value).toBe("a");
  expect(config?.fullyDecodeReservedExpansion).toBe(false);
});

describe("what is wrong is reported with its place", () => {
  const rule = (lines: string): string => `http:\n  rules:\n  - selector: t.S.Get\n${lines}`;

  test.each([
    ["", "service.yaml:1:1 error HR023: service configuration: not a mapping, expected a google.api.Service\n"],
    ["- a\n", "service.yaml:1:1 error HR023: service configuration: not a mapping, expected a google.api.Service\n"],
    ["a: b\na: c\n", "service.yaml:2:1 error HR023: service configuration: not valid YAML: Map keys must be unique\n"],
    ["http: 3\n", 'service.yaml:1:1 error HR023: service configuration: "http" is not a mapping, expected rules\n'],
    ["http:\n  rules: 3\n", 'service.yaml:2:3 error HR023: service configuration: "rules" is not a list\n'],
    ["http:\n  rules:\n  - 3\n", "service.yaml:3:5 error HR023: service configuration: a rule is not a mapping\n"],
    ["http:\n  rule: []\n", 'service.yaml:2:3 error HR024: unknown key "rule" in "http"\n'],
    [
      "http:\n  fully_decode_reserved_expansion: maybe\n",
      'service.yaml:2:3 error HR023: service configuration: "fully_decode_reserved_expansion" is neither true nor false\n',
    ],
    [rule("    get: 3\n"), 'service.yaml:4:10 error HR023: service configuration: "get" is not a text\n'],
    [
      rule("    get: /a\n    __proto__: b\n"),
      'service.yaml:5:5 error HR024: unknown key "__proto__" in an http rule\n',
    ],
    [
      rule("    custom: { kind: HEAD }\n"),
      'service.yaml:4:5 error HR023: service configuration: "custom" without kind and path\n',
    ],
    [
      rule("    additional_bindings: 1\n"),
      'service.yaml:4:5 error HR023: service configuration: "additional_bindings" is not a list\n',
    ],
    [
      "x: &x /a\nhttp:\n  rules:\n  - selector: t.S.Get\n    get: *x\n",
      'service.yaml:5:5 error HR023: service configuration: "get" is not a text, and aliases are not followed\n',
    ],
    [
      "http:\n  rules:\n  - selector: a.B,a.C\n    get: /a\n",
      'service.yaml:3:15 error HR026: selector "a.B,a.C", expected the full name of one method\n',
    ],
    [
      `${rule("    get: /a\n")}---\nhttp: {}\n`,
      "service.yaml:5:1 error HR023: service configuration: not valid YAML: the file holds several documents\n",
    ],
    [
      "http:\n  rules: []\nhttp: {}\n",
      "service.yaml:3:1 error HR023: service configuration: not valid YAML: Map keys must be unique\n",
    ],
    [
      "type: google.api.Service\n",
      "service.yaml:1:1 warning HR027: service configuration without http rules, expected http.rules\n",
    ],
  ])("%j", (text, expected) => {
    expect(findings(text)).toBe(expected);
  });

  test("a text that is too long or nested too deep is refused", () => {
    expect(findings("#".repeat(MAX_SERVICE_CONFIG_LENGTH + 1))).toBe(
      "service.yaml:1:1 error HR023: service configuration: 4194305 characters, expected at most 4194304\n",
    );
    expect(findings(`http: ${"[".repeat(100_000)}`)).toMatch(/^service\.yaml:1:\d+ error HR023: /);
  });
});
