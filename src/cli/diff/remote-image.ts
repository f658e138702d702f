/** A descriptor set at a URL: an image file that a registry of schemas serves. */
import { writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { join } from "node:path";
import { temporaryFolder } from "../temporary-folder.js";

/** Bounds of a download. */
export interface ImageLimits {
  /** Most bytes of an image. */
  readonly bytes: number;
  /** Time for the whole of it, redirects included. */
  readonly milliseconds: number;
}

/** googleapis as a whole has 20 MB. */
const usualLimits: ImageLimits = { bytes: 128 * 1024 * 1024, milliseconds: 30_000 };

const maxRedirects = 5;

/** Tells whether a version to compare with is a URL. Every scheme is one here, so that others than https are refused by name. */
export function isRemote(version: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(version);
}

/** A URL as it may be shown: user names, passwords, queries and fragments can be secrets. */
export function withoutSecrets(text: string): string {
  const url = parse(text);
  if (url === undefined) return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, "$1").replace(/[?#].*$/s, "");
  return `${url.protocol}//${url.host}${url.pathname}`;
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/**
 * Gets an image over https; a text says why there is none, without a word of the response. `user:password@` of the URL goes to its
 * host alone, as basic authentication. Redirects are followed to https only.
 */
export async function fetchImage(text: string, limits = usualLimits): Promise<Buffer | string> {
  const deadline = AbortSignal.timeout(limits.milliseconds);
  let url = parse(text);
  const authorization = url && basicAuthorization(url);
  const { host } = url ?? {};
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    if (url === undefined) return "this is no URL";
    if (url.protocol !== "https:") return `${url.protocol.slice(0, -1)} is not followed, expected https`;
    const headers = authorization !== undefined && url.host === host ? { authorization } : {};
    const outcome = await ask(url, headers, deadline, limits.bytes);
    if (typeof outcome === "string" || Buffer.isBuffer(outcome)) return outcome;
    url = outcome.redirect;
  }
  return `more than ${maxRedirects} redirects`;
}

function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const pair = [username, password].map(decoded).join(":");
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

type Answer = Buffer | string | { readonly redirect: URL | undefined };

async function ask(url: URL, headers: object, signal: AbortSignal, maxBytes: number): Promise<Answer> {
  try {
    return await read(await open(url, headers, signal), url, maxBytes);
  } catch (error) {
    if (signal.aborted) return "no answer within the time limit";
    const { code = "no answer" } = error as NodeJS.ErrnoException;
    return `the request failed (${code})`;
  }
}

function open(
  { hostname, port, pathname, search }: URL,
  headers: object,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  // IPv6 addresses have brackets in URLs alone.
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const options = {
      host,
      port: port === "" ? 443 : Number(port),
      path: pathname + search,
      headers: { ...headers },
      signal,
    };
    get(options, resolve).once("error", reject);
  });
}

async function read(response: IncomingMessage, url: URL, maxBytes: number): Promise<Answer> {
  const { statusCode = 0, headers } = response;
  if (statusCode !== 200) {
    response.destroy();
    const isRedirect = statusCode >= 301 && statusCode <= 308 && headers.location !== undefined;
    return isRedirect ? { redirect: resolveUrl(headers.location ?? "", url) } : `status ${statusCode}, expected 200`;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return `more than ${maxBytes} bytes`;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function resolveUrl(location: string, base: URL): URL | undefined {
  try {
    return new URL(location, base);
  } catch {
    return undefined;
  }
}

/** Gives `use` the path of a file with the bytes of an image; the file is gone afterwards. */
export async function withFile<Result>(image: Buffer, use: (file: string) => Promise<Result>): Promise<Result> {
  const folder = temporaryFolder("image");
  try {
    const file = join(folder.path, "image.binpb");
    writeFileSync(file, image);
    return await use(file);
  } finally {
    folder.remove();
  }
}
