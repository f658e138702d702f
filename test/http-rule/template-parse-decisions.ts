/**
 * Where this tool's reading of a path template differs on purpose from grpc-gateway's (the `expect` of the vectors),
 * by case id. Every other case is read the same.
 */
export interface TemplateParseDecision {
  /** The template, so that the table reads by itself; checked against the case. */
  readonly template: string;
  readonly error: string;
  readonly reason: string;
}

const emptyVerb = "no other transcoder takes an empty verb, and the specification has none";
const twoDeepWildcards = "grpc-gateway's generator lets it through and the generated program then refuses to start";

export const templateParseDecisions: Readonly<Record<string, TemplateParseDecision>> = {
  "template-parse/014": {
    template: "/v1/{name}:",
    error: '1:11 found an empty verb after ":", expected a verb',
    reason: emptyVerb,
  },
  "template-parse/022": {
    template: "//",
    error: '1:2 found an empty segment, expected text, "*", "**" or a variable',
    reason: "grpc-gateway reads it as one wildcard by accident",
  },
  "template-parse/094": {
    template: "/a/b/**:",
    error: '1:8 found an empty verb after ":", expected a verb',
    reason: emptyVerb,
  },
  "template-parse/120": {
    template: "/a/{x=b/**}/{y=**}",
    error: '1:16 found a second "**", expected at most one "**"',
    reason: twoDeepWildcards,
  },
  "template-parse/123": {
    template: "/a/**/**",
    error: '1:7 found a second "**", expected at most one "**"',
    reason: twoDeepWildcards,
  },
  "template-parse/124": {
    template: "/a/**/foo/**",
    error: '1:11 found a second "**", expected at most one "**"',
    reason: twoDeepWildcards,
  },
  "template-parse/138": {
    template: "/foo/bar%55:baz%1",
    error: '1:16 found "%1", expected "%" and two hexadecimal digits',
    reason: "no valid URL ends like this, so the route could never match; in segments grpc-gateway refuses it too",
  },
  "template-parse/181": {
    template: "/v1/***",
    error: '1:5 found "***", expected "*" or "**"',
    reason: "text in grpc-gateway, refused by the other transcoders: surely a slip of the keyboard",
  },
};
