/** Authentication: no request reaches an RPC past the check that the RPC asks for, and no header stands for a check. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const authenticationMutations: readonly Mutation[] = [
  ...inFile("test/front-door/auth-attacks.test.ts", [
    {
      title: "authentication: escaped paths of one RPC reach another that takes every path",
      file: "src/plan/routes/guarded-methods.ts",
      find: "if (sameAuth(method.auth, first.auth)) return false;",
      replace: "if (!sameAuth(method.auth, first.auth)) return false;",
      name: "alb.*per-service",
    },
    {
      title: "authentication: the function for other requests has every RPC",
      file: "src/plan/functions/plan-functions.ts",
      find: "const methods = every.filter((method) => sameAuth(method.auth, auth));",
      replace: "const methods = [...every];",
      name: "alb.*single",
    },
  ]),
  ...inFile("test/front-door/caller.test.ts", [
    {
      title: "authentication: the first of several tokens counts",
      file: "src/runtime/caller.ts",
      find: 'return values?.length === 1 ? (values[0] ?? "") : "";',
      replace: 'return values?.[0] ?? "";',
      name: "two tokens, of which one was checked|a login beside a forged one",
    },
    {
      title: "authentication: a header of one check stands for another",
      file: "src/emit/functions/caller.ts",
      find: 'return isLoadBalancer ? "bearerCaller" : "tokenCaller";',
      replace: 'return "bearerCaller";',
      name: "an API with",
    },
  ]),
  ...inFile("test/deploy/auth.test.ts", [
    {
      title: "authentication: RPCs of two share a function without a word",
      file: "src/plan/auth/check-auth.ts",
      find: "return other === undefined ? [] : [mixed(fn, other, frontDoor)];",
      replace: "return other === undefined ? [] : [];",
      name: "verbs that a REST API does not",
    },
    {
      title: "authentication: a decision of an authorizer counts for every route",
      file: "src/deploy/resources/api-auth.ts",
      find: '[...sources, "$context.routeKey"]',
      replace: "[...sources]",
      name: "an HTTP API remembers",
    },
  ]),
  ...inFile("test/plan/cached-routes.test.ts", [
    {
      title: "authentication: callers whom a header tells apart share a cached answer",
      file: "src/plan/routes/why-not-cached.ts",
      find: "return callerReason(each.method) ?? hiddenCallerReason(each.method, context) ?? answerReason(each, context);",
      replace: "return answerReason(each, context);",
      name: "signatures|an authorizer|an API key",
    },
    {
      title: "caching: the key has one value of a repeated parameter",
      file: "src/plan/routes/cache-parameters.ts",
      find: 'if (above.at(-1) === "google.protobuf.FieldMask") return undefined;',
      replace: "if (above.length > 0) return undefined;",
      name: "Tagged is not cached",
    },
    {
      title: "caching: RPCs of one route are cached although one does not ask for it",
      file: "src/plan/routes/cached-routes.ts",
      find: "const other = users.find(({ method }) => !asking.has(method));",
      replace: "const other = users.find(() => false);",
      name: "Open is not cached",
    },
  ]),
  ...inFile("test/cli/dev/authorization.test.ts", [
    {
      title: "authentication: dev asks for no API key after an authorizer",
      file: "src/cli/dev/authorization.ts",
      find: "return refuseWithoutKey(source, event, answer) ?? decision;",
      replace: "return answer === undefined ? (refuseWithoutKey(source, event, answer) ?? decision) : decision;",
      name: "the authorizer first",
    },
  ]),
  ...inFile("test/simulator/authorizer.test.ts", [
    {
      title: "authentication: dev lets callers in whom an authorizer denies",
      file: "src/simulator/access-policy.ts",
      find: 'if (named.some(({ Effect }) => Effect === "Deny")) return "deny";',
      replace: 'if (named.length > 0) return "allow";',
      name: "a denial after a permission",
    },
  ]),
  ...inFile("test/deploy/authorizers.test.ts", [
    {
      title: "authentication: every function of the API may be called by its authorizers' permission",
      file: "src/deploy/resources/functions.ts",
      find: "invokers: [authorizerInvoker] };",
      replace: "};",
      name: "the function has a role of its own",
    },
  ]),
];
