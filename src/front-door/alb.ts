/**
 * Application Load Balancers: rules of a listener, tried in the order of their priorities, each with a target group of one function.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
import type { Binding } from "../model/api-model.js";
import { everything, languageOfPath, maxPathLength, pathRegex, projectSegments } from "./alb-path.js";
import type { FrontDoor, Projection, ProjectionProblem } from "./front-door.js";
import type { RouteKey } from "./route-key.js";
import { albLimit, albReader } from "../runtime/doors/alb.js";

/** Routing by ordered rules, no streaming, 60 seconds unless the load balancer's idle timeout is raised. */
export const alb: FrontDoor = {
  id: "alb",
  title: "Application Load Balancer",
  article: "an",
  facts: {
    sizes: "1 MB each way",
    time: "60 s, raisable",
    streaming: "no",
    authentication: "JWT, OIDC, Cognito",
    privateAccess: "internal",
    firewall: "WAF, attached by you",
    price: "$16 a month and $6 per capacity unit",
  },
  authentication: {
    kinds: ["jwt", "cognito", "oidc", "none"],
    reachedBy: "everybody who reaches the load balancer",
    help: "set deployment.auth to jwt, or to none where security groups decide who reaches the load balancer",
  },
  reader: albReader,
  limits: { routes: 100, functions: 100, seconds: 60, responseBytes: albLimit.bytes },
  routing: "ordered",
  streams: "never",
  sharesRoutes: true,
  answersCors: false,
  decodesPath: false,
  damagesCompressedJson: false,
  projectBinding,
  arrangePaths: () => new Map(),
  languageOf: ({ path }) => languageOfPath(path),
  catchUnrouted: () => [{ httpMethod: "ANY", path: everything, precision: "widened" }],
  catchPreflights: () => [{ httpMethod: "OPTIONS", path: everything, precision: "widened" }],
  countRoutes: (keys) => keys.length,
};

function projectBinding({ httpMethod, template }: Binding): Projection {
  const { segments, verb, literals } = projectSegments(template);
  const problems: ProjectionProblem[] = literals.map((text) => ({ kind: "literal", text }));
  const whole = pathRegex(segments, verb);
  let path = whole;
  for (let kept = segments.length - 1; path.length > maxPathLength && kept >= 0; kept--)
    path = pathRegex([...segments.slice(0, kept), { kind: "deepWildcard" }], "");
  if (path !== whole) problems.push({ kind: "length", text: template.source });
  const precision = problems.length === 0 ? "exact" : "widened";
  const key: RouteKey = { httpMethod: httpMethod === "*" ? "ANY" : httpMethod, path, precision };
  return { keys: [key], problems };
}
