/** The common part of the front doors' events. Events come from outside: nothing in them is taken for granted. */
import { type HttpHeaders, headerKey, headerMap } from "../http.js";

/**
 * An event, or an object in one, with the members that doors read. None of them is taken for granted. An event has more
 * members, which handlers may read.
 */
export interface EventObject {
  readonly [name: string]: unknown;
  readonly body?: unknown;
  readonly cookies?: unknown;
  readonly domainName?: unknown;
  readonly elb?: unknown;
  readonly headers?: unknown;
  readonly http?: unknown;
  readonly httpMethod?: unknown;
  readonly identity?: unknown;
  readonly isBase64Encoded?: unknown;
  readonly method?: unknown;
  readonly multiValueHeaders?: unknown;
  readonly multiValueQueryStringParameters?: unknown;
  readonly path?: unknown;
  readonly pathParameters?: unknown;
  readonly queryStringParameters?: unknown;
  readonly rawPath?: unknown;
  readonly rawQueryString?: unknown;
  readonly requestContext?: unknown;
  readonly resource?: unknown;
  readonly source?: unknown;
  readonly sourceIp?: unknown;
  readonly stage?: unknown;
  readonly version?: unknown;
  readonly warmer?: unknown;
}

/** The object itself, or an empty one for anything else. */
export function objectOf(value: unknown): EventObject {
  return typeof value === "object" && value !== null ? (value as EventObject) : {};
}

/** The string itself, or "" for anything else. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Visits the texts of a map, which has one text or a list of texts for each name. */
export function eachText(map: unknown, visit: (name: string, text: string) => void): void {
  const given = objectOf(map);
  for (const name in given) {
    const value = given[name];
    if (typeof value === "string") visit(name, value);
    else if (Array.isArray(value)) for (const item of value) if (typeof item === "string") visit(name, item);
  }
}

/** The headers of an event: with lists of values if it has them, else with one value per name. */
export function eventHeaders(single: unknown, lists?: unknown): { [name: string]: string[] } {
  const headers = headerMap<string[]>();
  eachText(lists ?? single, (name, value) => {
    const key = headerKey(name);
    const values = headers[key];
    if (values === undefined) headers[key] = [value];
    else values.push(value);
  });
  return headers;
}

/** The body as sent: text, or bytes if the door encoded it. */
export function eventBody(event: EventObject): string | Uint8Array {
  const body = textOf(event.body);
  return event.isBase64Encoded === true ? Buffer.from(body, "base64") : body;
}

/** The path without the name of the stage in front, if that is a whole segment. */
export function withoutStage(path: string, stage: string): string {
  return stage === "$default" || stage === "" ? path : withoutPrefix(path, `/${stage}`);
}

/** The path without the base path of a custom domain (`/library`, or ""), if that is made of whole segments. */
export function withoutBasePath(path: string, basePath: string): string {
  return basePath === "" ? path : withoutPrefix(path, basePath);
}

/** A base path with one slash before every part and none at the end; "" for none. */
export function trimBasePath(text: string): string {
  // Compiling a regular expression would take a twentieth of the time of a function's import.
  const path = text.split("/").filter(Boolean).join("/");
  return path === "" ? "" : `/${path}`;
}

function withoutPrefix(path: string, prefix: string): string {
  if (path === prefix) return "/";
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}

/** The client's address, unless the door has put it into X-Forwarded-For. */
export function remoteAddress(headers: HttpHeaders, sourceIp: unknown): { readonly remoteAddress?: string } {
  const address = textOf(sourceIp);
  return address === "" || headers["x-forwarded-for"] !== undefined ? {} : { remoteAddress: address };
}

/** Tells whether an event only keeps the function warm (scheduled rules, serverless-plugin-warmup). */
export function isWarmUp(event: EventObject): boolean {
  const sources = ["serverless-plugin-warmup", "aws.events", "aws.scheduler"];
  return sources.includes(textOf(event.source)) || event.warmer === true;
}
