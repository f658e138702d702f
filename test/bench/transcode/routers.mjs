/** The contenders: each takes routes and gives a function from method and path to the captured values, or undefined. */
import findMyWay from "find-my-way";
import { LinearRouter } from "hono/router/linear-router";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";

const noHeaders = Object.freeze({});

/** `runtime`: the bundled modules of src/runtime. */
export function routers(runtime) {
  return {
    "grpc2lambda, list": (routes) => ours(runtime, routes, runtime.scanRoutes),
    "grpc2lambda, tree": (routes) => ours(runtime, routes, runtime.treeOfRoutes),
    grpc2lambda: (routes) => ours(runtime, routes, runtime.tabulateRoutes),
    "find-my-way": findMyWayRouter,
    "hono SmartRouter": (routes) => hono(new SmartRouter({ routers: [new RegExpRouter(), new TrieRouter()] }), routes),
    "hono TrieRouter": (routes) => hono(new TrieRouter(), routes),
    "hono LinearRouter": (routes) => hono(new LinearRouter(), routes),
  };
}

function ours(runtime, routes, index) {
  const patterns = routes.map(({ method, segments }) => ({
    httpMethod: method,
    segments,
    verb: "",
    captures: segments.flatMap((segment, at) => (segment === "*" ? [[at, at + 1]] : [])),
  }));
  const table = index(runtime.orderRoutes(patterns, runtime.grpcGateway));
  return (method, path) => {
    const request = { method, path, pathIsDecoded: true, headers: noHeaders };
    const selection = runtime.selectRoute(table, request, runtime.grpcGateway);
    return selection.kind === "found" ? selection.captures : undefined;
  };
}

function withColons(segments) {
  return `/${segments.map((segment, at) => (segment === "*" ? `:p${at}` : segment)).join("/")}`;
}

function findMyWayRouter(routes) {
  const router = findMyWay();
  for (const { method, segments } of routes) router.on(method, withColons(segments), () => undefined);
  return (method, path) => router.find(method, path)?.params;
}

function hono(router, routes) {
  for (const { method, segments } of routes) router.add(method, withColons(segments), method);
  return (method, path) => {
    const [handlers] = router.match(method, path);
    return handlers.length === 0 ? undefined : handlers[0][1];
  };
}
