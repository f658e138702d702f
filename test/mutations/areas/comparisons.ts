/** Comparing old and new: what is sent, what is kept secret, what is noise. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const comparisonsMutations: readonly Mutation[] = [
  ...inFile("test/migrate/compare-requests.test.ts", [
    {
      title: "compare: every RPC is taken for harmless",
      file: "src/migrate/comparison/admission.ts",
      find: "if (!label.safe && !unsafeAll && !isNamed(unsafe)) return",
      replace: "if (!label.safe && unsafeAll && !isNamed(unsafe)) return",
      name: "changes something is sent only where it is named",
    },
    {
      title: "compare: redacted credentials are sent",
      file: "src/migrate/comparison/admission.ts",
      find: "value.includes(redactedMark) && !replaced.has(name.toLowerCase())",
      replace: "value === redactedMark && !replaced.has(name.toLowerCase())",
      name: "headers of the command line replace",
    },
    {
      title: "compare: what changes something is sent to the old side twice",
      file: "src/migrate/comparison/run-comparison.ts",
      find: 'run.noise && label.safe && old.kind === "answer"',
      replace: 'run.noise && old.kind === "answer"',
      name: "changes something is sent only where it is named",
    },
    {
      title: "compare: what changes something is sent again when a side asks for patience",
      file: "src/migrate/comparison/run-comparison.ts",
      find: "attempt > 0 || !label.safe ||",
      replace: "attempt > 0 ||",
      name: "goes out once to each side",
    },
  ]),
  ...inFile("test/migrate/compare-findings.test.ts", [
    {
      title: "compare: a status is noise like any value",
      file: "src/migrate/results/summary.ts",
      find: 'if (own === 0 || kind === "status" ||',
      replace: "if (own === 0 ||",
      name: "a status is never noise",
    },
    {
      title: "compare: any noise hides all differences",
      file: "src/migrate/results/summary.ts",
      find: "if (differing <= own) return true;",
      replace: "if (differing >= own) return true;",
      name: "noise in a few requests does not hide",
    },
    {
      title: "compare: credentials follow a redirect anywhere",
      file: "src/migrate/sides/http-side.ts",
      find: "if (!isSigned || !URL",
      replace: "if (!URL",
      name: "a redirect to a large payload",
    },
  ]),
  ...inFile("test/migrate/compare-ends.test.ts", [
    {
      title: "compare: the breaker never opens",
      file: "src/migrate/comparison/guard.ts",
      find: "const mayFail = 0.2;",
      replace: "const mayFail = 1;",
      name: "an old side that breaks in the middle",
    },
    {
      title: "compare: --resume asks again",
      file: "src/migrate/comparison/run-comparison.ts",
      find: "if (run.done.has(request.id) ||",
      replace: "if (",
      name: "--resume goes on",
    },
  ]),
  ...inFile("test/migrate/compare.test.ts", [
    {
      title: "compare: fields with debug_redact are written",
      file: "src/migrate/redaction/redactor.ts",
      find: "field?.redacted === true ||",
      replace: "field?.redacted === undefined && false ||",
      name: "no secret is in any file",
    },
    {
      title: "compare: parameters with credentials are written",
      file: "src/migrate/redaction/redactor.ts",
      find: "isSecretParameter(name) || names.some",
      replace: "names.some",
      name: "no secret is in any file",
    },
    {
      title: "compare: old generated code is compared",
      file: "src/cli/compare/require-generated.ts",
      find: "if (first === undefined) return;",
      replace: "if (first !== undefined) return;",
      name: "dev is the generated functions",
    },
  ]),
  ...inFile("test/migrate/differences.test.ts", [
    {
      title: "compare: a status reports what follows from it, too",
      file: "src/migrate/differences/compare-answers.ts",
      find: "if (old.status !== changed.status && !comparison",
      replace: "if (old.status < 0 && !comparison",
      name: "a status hides",
    },
    {
      title: "compare: differences of one answer have no bound",
      file: "src/migrate/differences/difference.ts",
      find: "export const maxDifferences = 200;",
      replace: "export const maxDifferences = 20_000;",
      name: "an answer of many differences is bounded",
    },
  ]),
  ...inFile("test/migrate/report.test.ts", [
    {
      title: "report: quotes are not escaped",
      file: "src/migrate/page/html.ts",
      find: ".replace(/[&<>\"']/g,",
      replace: ".replace(/[&<>]/g,",
      name: "is escaped",
    },
  ]),
  ...inFile("test/migrate/record.test.ts", [
    {
      title: "record: fields of requests are not redacted by the schema",
      file: "src/migrate/record/redact-recorded.ts",
      find: "redactor.json(value, messageOf(label.bodyType))",
      replace: "redactor.json(value, messageOf(undefined))",
      name: "requests and answers pass unchanged",
    },
  ]),
];
