/** Headers that two servers never have in common; each rule has a name, under which it can be switched off. */

/** Headers by rule, each a lower-case name or a prefix that ends with `*`. */
export const headerRules = {
  "hop-by-hop": [
    ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "trailers"],
    ...["transfer-encoding", "upgrade", "proxy-connection"],
  ],
  date: ["date", "age", "expires", "last-modified"],
  length: ["content-length", "accept-ranges"],
  encoding: ["content-encoding", "vary"],
  server: ["server", "x-powered-by", "x-envoy-upstream-service-time", "alt-svc", "strict-transport-security"],
  via: ["via", "x-cache", "x-amz-cf-id", "x-amz-cf-pop"],
  amazon: ["x-amzn-*", "x-amz-apigw-id", "apigw-requestid", "x-amz-request-id", "x-amz-id-2"],
  "grpc-metadata": ["grpc-metadata-content-type", "grpc-metadata-date", "grpc-metadata-trailer"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The name of a built-in rule. `alb-cookie` overlooks `set-cookie: AWSALB…`. */
export type HeaderRule = keyof typeof headerRules | "alb-cookie";

/** Every built-in rule by name. */
export const headerRuleNames: readonly HeaderRule[] = [
  ...(Object.keys(headerRules) as (keyof typeof headerRules)[]),
  "alb-cookie",
];

/** Tells which headers are overlooked, by lower-case name; `without` are rules that are switched off. */
export function overlookedHeaders(without: readonly string[]): (name: string) => boolean {
  const rules = Object.entries(headerRules).filter(([name]) => !without.includes(name));
  const patterns = rules.flatMap(([, names]): readonly string[] => names);
  const exact = new Set(patterns.filter((pattern) => !pattern.endsWith("*")));
  const prefixes = patterns.filter((pattern) => pattern.endsWith("*")).map((pattern) => pattern.slice(0, -1));
  return (name) => exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}
