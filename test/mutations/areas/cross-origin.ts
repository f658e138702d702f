/** Pages of other origins: CORS of generated functions, and who may call `dev`. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const crossOriginMutations: readonly Mutation[] = [
  ...inFile("test/runtime/cors.test.ts", [
    {
      title: "CORS: responses are not shared",
      file: "src/runtime/doors/door.ts",
      find: "return cors === undefined ? response : cors.share(request, response);",
      replace: "return response;",
      name: "shares responses",
    },
    {
      title: "CORS: every origin is allowed",
      file: "src/runtime/doors/cors.ts",
      find: 'options.origins.includes("*") || options.origins.includes(origin)',
      replace: 'origin !== ""',
      name: "a page that may not",
    },
    {
      title: "CORS: caches mix pages up",
      file: "src/runtime/doors/cors.ts",
      find: 'return origins.includes("*") ? [] : [["Vary", "Origin"]];',
      replace: "return origins.length === 0 ? [] : [];",
      name: "a page that may call",
    },
  ]),
  ...inFile("test/cli/dev/caller.test.ts", [
    {
      title: "dev: any name may point here",
      file: "src/cli/dev/caller.ts",
      find: "if (called === undefined || !isOwn(called)) {",
      replace: "if (called === undefined) {",
      name: "may not",
    },
    {
      title: "dev: names that end like localhost are it",
      file: "src/cli/dev/caller.ts",
      find: 'name === "localhost"',
      replace: 'name.startsWith("localhost")',
      name: "ends alike",
    },
    {
      title: "dev: pages of any origin may call",
      file: "src/cli/dev/caller.ts",
      find: "origins.includes(origin) ||",
      replace: 'origins.includes(origin) || origin !== "null" ||',
      name: "may not|does not name",
    },
    {
      title: "dev: images of other sites are served",
      file: "src/cli/dev/caller.ts",
      find: 'headers["sec-fetch-site"] === "cross-site" && headers["sec-fetch-mode"] !== "navigate"',
      replace: 'headers["sec-fetch-site"] === "cross-site" && headers["sec-fetch-mode"] === "navigate"',
      name: "image of another|link of another",
    },
  ]),
];
