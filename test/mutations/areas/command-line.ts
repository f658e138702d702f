/** The command line: what its options and reports take. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const commandLineMutations: readonly Mutation[] = [
  ...inFile("test/cli/limits.test.ts", [
    {
      title: "limits: explain reads a request of any length",
      file: "src/cli/explain/request-line.ts",
      find: "local.length > maximumLength",
      replace: "local.length > maximumLength + 1",
      name: "a request of",
    },
    {
      title: "limits: an excerpt looks at all of a line",
      file: "src/cli/report/excerpt.ts",
      find: "line.length <= maximumWindow",
      replace: "line.length <= Number.POSITIVE_INFINITY",
      name: "million characters",
    },
    {
      title: "limits: an excerpt is a column wider",
      file: "src/cli/report/excerpt.ts",
      find: "const maximumWidth = 110;",
      replace: "const maximumWidth = 111;",
      name: "columns shows",
    },
    {
      title: "limits: port 65536",
      file: "src/cli/commands/dev.ts",
      find: "<= 65_535",
      replace: "<= 65_536",
      name: "--port",
    },
    {
      title: "limits: names of APIs have 41 characters",
      file: "src/cli/config/setting-flags.ts",
      find: "maxLength: 40",
      replace: "maxLength: 41",
      name: "--api-name",
    },
    {
      title: "limits: functions have 127 MB",
      file: "src/cli/config/setting-flags.ts",
      find: "minimum: 128, maximum: 10240",
      replace: "minimum: 127, maximum: 10241",
      name: "--memory-size",
    },
    {
      title: "limits: functions take 901 seconds",
      file: "src/cli/config/setting-flags.ts",
      find: "minimum: 1, maximum: 900",
      replace: "minimum: 1, maximum: 901",
      name: "--timeout",
    },
    {
      title: "limits: a configuration of any size",
      file: "src/cli/config/read-config.ts",
      find: "const maximumBytes = 1024 * 1024;",
      replace: "const maximumBytes = 1024 * 1024 * 1024;",
      name: "a configuration of",
    },
  ]),
];
