import { fc, runs } from "../support/property.js";
import { expect, test } from "vitest";
import { formatPathTemplate, samplePath, templateShape } from "../../src/http-rule/format-path-template.js";
import { parsePathTemplate } from "../../src/http-rule/parse-path-template.js";
import { grammarTemplates, referenceMatcher, template } from "./templates.js";

test.each([
  ["/", "/", "/", "/"],
  ["/v1/{id=*}", "/v1/{id}", "/v1/*", "/v1/1"],
  [
    "/v1/{a.b=shelves/*}/books/**:merge",
    "/v1/{a.b=shelves/*}/books/**:merge",
    "/v1/shelves/*/books/**:merge",
    "/v1/shelves/1/books/1:merge",
  ],
])("%s", (source, text, shape, sample) => {
  const parsed = template(source);
  expect([formatPathTemplate(parsed), templateShape(parsed), samplePath(parsed)]).toEqual([text, shape, sample]);
});

test("a template from the grammar parses to what it was built from, prints back, and matches its sample", () => {
  fc.assert(
    fc.property(grammarTemplates(false), (built) => {
      const parsed = template(built.source);
      expect(templateShape(parsed)).toBe(`/${built.segments.join("/")}${built.verb === "" ? "" : `:${built.verb}`}`);
      expect(parsed.segments).toHaveLength(built.segments.length);
      expect(parsed.variables.map(({ fieldPath, start, end }) => ({ name: fieldPath.join("."), start, end }))).toEqual(
        built.variables,
      );
      for (const { fieldPath, offset } of parsed.variables) {
        expect(built.source.startsWith(fieldPath.join("."), offset)).toBe(true);
      }
      expect(formatPathTemplate(parsed)).toBe(built.source);
      expect(referenceMatcher(parsed)(samplePath(parsed))).toBe(true);
    }),
    { numRuns: runs(2000) },
  );
});

test("any text at all is parsed or refused, never thrown on, and a refusal points into the text", () => {
  const soup = fc.string({
    unit: fc.constantFrom("/", "{", "}", "=", "*", ":", "a", "%", ".", "?", "\u00e9"),
    maxLength: 14,
  });
  fc.assert(
    fc.property(soup, (text) => {
      const parsed = parsePathTemplate(text);
      if (parsed.kind === "ok") return formatPathTemplate(parsed.template).length > 0;
      return parsed.offset >= 0 && parsed.offset + parsed.length <= text.length && (parsed.length > 0 || text === "");
    }),
    { numRuns: runs(5000) },
  );
});
