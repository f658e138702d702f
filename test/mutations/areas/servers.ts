/** Servers of the user that run in functions: their start, their messages, and their libraries. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const serversMutations: readonly Mutation[] = [
  ...inFile("test/adopt/captured-server-faults.test.ts", [
    {
      title: "captured server: nobody hears that its start failed",
      file: "src/runtime/captured-server/start-server.ts",
      find: "if (result instanceof Promise) result.catch(fail);",
      replace: "if (result instanceof Promise) result.catch(() => undefined);",
      name: "a server whose start rejects",
    },
    {
      title: "captured server: it is not started again",
      file: "src/runtime/captured-server/start-server.ts",
      find: "started.delete(start);",
      replace: "",
      name: "a server whose start rejects",
    },
    {
      title: "captured server: a property that the functions do not know is passed over",
      file: "src/runtime/captured-server/check-messages.ts",
      find: "if (!(name in expected)) return",
      replace: "if (name === expected) return",
      name: "a oneof that is a union",
    },
  ]),
  ...inFile("test/adopt/connect-stand-ins.test.ts", [
    {
      title: "Connect: options of an adapter that came early are lost",
      file: "src/runtime/connect/connect-service.ts",
      find: "for (const options of early.splice(0)) addRouter(options);",
      replace: "",
      name: "connectNodeAdapter notes services",
    },
    {
      title: "Connect: a method without gRPC is registered",
      file: "src/runtime/connect/connect-service.ts",
      find: 'if (!protocolNames.includes("grpc"))',
      replace: "if (protocolNames.length === 0)",
      name: "a method without gRPC",
    },
    {
      title: "Connect: the port is opened",
      file: "src/runtime/connect/no-ports.ts",
      find: "prototype.listen = function",
      replace: "(prototype as { other?: unknown }).other = function",
      name: "listen calls back without a port",
    },
  ]),
  ...inFile("test/proxy/traffic.test.ts", [
    {
      title: "traffic: a tester with another value counts",
      file: "src/runtime/proxy/traffic.ts",
      find: "part.equals === undefined || value === part.equals",
      replace: "part.equals !== undefined || value === part.equals",
      name: "who answers",
    },
    {
      title: "traffic: the key decides nothing",
      file: "src/runtime/proxy/traffic.ts",
      find: "(key === undefined ? Math.random() * 100 : placeOf(key)) < share",
      replace: "Math.random() * 100 < share",
      name: "is chance without a key",
    },
    {
      title: "traffic: the other side answers for every failure",
      file: "src/runtime/proxy/traffic.ts",
      find: "if (code === undefined || !replacedCodes[side].includes(code)) {",
      replace: "if (code === undefined) {",
      name: "does not replace|for no other failure",
    },
    {
      title: "traffic: headers of the side that failed are sent",
      file: "src/runtime/proxy/traffic.ts",
      find: "restore(context.header, untouched[0]);",
      replace: "",
      name: "the old server answers when the new code fails",
    },
    {
      title: "traffic: the line of a request does not say who answered",
      file: "src/runtime/proxy/traffic.ts",
      find: "call.invocation.called = { service, method, template, side };",
      replace: "call.invocation.called = { service, method, template };",
      name: "who answers",
    },
  ]),
  ...inFile("test/proxy/proxied-rpcs.test.ts", [
    {
      title: "traffic: RPCs that change something are tried twice",
      file: "src/plan/rpcs/plan-traffic.ts",
      find: "fallback: fallback && changesNothing(method),",
      replace: "fallback,",
      name: "an RPC that changes something",
    },
  ]),
];
