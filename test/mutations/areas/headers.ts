/** Headers: what becomes metadata, and what goes out. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const headersMutations: readonly Mutation[] = [
  ...inFile("test/transcoding/request-metadata.test.ts", [
    {
      title: "metadata: a client sets what was checked",
      file: "src/runtime/headers/forward-metadata.ts",
      find: 'key === "authorization" || key?.startsWith("grpcgateway-")',
      replace: 'key === "x"',
      name: "forged authorization|forged key",
    },
    {
      title: "metadata: a client sets the authorization",
      file: "src/runtime/headers/forward-metadata.ts",
      find: 'key === "authorization" ||',
      replace: "",
      name: "forged authorization",
    },
    {
      title: "metadata: a client sets what the transport sets",
      file: "src/runtime/headers/forward-metadata.ts",
      find: "return ofTransport.test(key) ? undefined : key;",
      replace: "return key;",
      name: "transport",
    },
    {
      title: "metadata: 2.33 forwards what any client sends",
      file: "src/plan/behaviour.ts",
      find: '(isOlder ? "forward" : "drop")',
      replace: '"forward"',
      name: "a tenant",
    },
    {
      title: "metadata: the order of headers decides which authorization is read",
      file: "src/runtime/request-metadata.ts",
      find: '  addTexts(metadata, "authorization", headers["authorization"] ?? []);\n  for (const header of Object.keys(headers)) addHeader(header, headers[header] ?? []);\n',
      replace:
        '  for (const header of Object.keys(headers)) addHeader(header, headers[header] ?? []);\n  addTexts(metadata, "authorization", headers["authorization"] ?? []);\n',
      name: "forged authorization",
    },
    {
      title: "metadata: a matcher makes an address",
      file: "src/runtime/request-metadata.ts",
      find: "key === undefined || derived.has(key) ||",
      replace: "key === undefined ||",
      name: "cannot stand in",
    },
    {
      title: "metadata: an address that cannot be metadata hides the real one",
      file: "src/runtime/request-metadata.ts",
      find: "return parts.filter(isMetadataText);",
      replace: "return parts.slice(0, 0);",
      name: "forged address beside",
    },
    {
      title: "metadata: Pragma means nothing",
      file: "src/runtime/request-metadata.ts",
      find: 'addHeader("cache-control", ["no-cache"]);',
      replace: "return metadata;",
      name: "no-cache",
    },
  ]),
  // Messages and metadata are cleaned in respond.ts as well, so that its own replacement alone changes nothing here.
  ...inFile("test/front-door/hostile-headers.test.ts", [
    {
      title: "headers: a line break in a value goes out",
      file: "src/runtime/doors/response-headers.ts",
      find: '.replace(/[^\\t -~\\u0080-\\u00ff]+/g, " ")',
      replace: '.replace(/[^\\t\\r\\n -~\\u0080-\\u00ff]+/g, " ")',
      name: "cleans the headers",
    },
  ]),
  ...inFile("test/hostile/shortened.test.ts", [
    {
      title: "headers: metadata keeps the spaces around it",
      file: "src/runtime/calls/respond.ts",
      find: "    .trim()\n",
      replace: "",
      name: "in a header",
    },
    {
      title: "headers: DEL is text of metadata",
      file: "src/runtime/metadata.ts",
      find: "/^[ -~]*$/",
      replace: "/^[ -\\x7f]*$/",
      name: "is metadata",
    },
  ]),
];
