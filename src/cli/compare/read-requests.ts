/** The requests that the command line asks for: recordings one after the other, then generated ones. */
import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { RecordedRequest, SourceItem } from "../../migrate/requests/recorded-request.js";
import type { ForeignHosts } from "../../migrate/redaction/foreign-hosts.js";
import { mostAskedHost, withoutForeignCredentials } from "../../migrate/redaction/foreign-hosts.js";
import { unrouted } from "../../migrate/requests/request-label.js";
import { generateRequests } from "../../migrate/generated/generate-requests.js";
import { readSource } from "../../migrate/requests/read-source.js";
import type { Comparison } from "./comparison.js";
import type { CompareFlags } from "./compare-flags.js";

/** Names of the sources, which a run that goes on has to share. */
export function sourceNames(files: readonly string[], flags: CompareFlags): string[] {
  const generated = flags.generate === undefined ? [] : [`generated:${flags.generate}:${flags.seed ?? 1}`];
  return [...files.map((file) => basename(file)), ...generated];
}

/**
 * Reads the recordings and makes the generated requests. Requests to other hosts than the own ones lose their credentials, and are counted
 * in `foreign`. Throws SourceError.
 */
export async function* readRequests(
  { files, flags, terminal, plan, index, label }: RequestSources,
  foreign: ForeignHosts,
): AsyncGenerator<SourceItem> {
  for (const file of files) {
    const path = resolve(terminal.cwd, file);
    const hosts = await ownHosts(path, flags, label);
    for await (const item of readSource(path, flags.format)) {
      if (item.kind === "skipped") yield item;
      else yield { kind: "request", request: withoutForeignCredentials(item.request, hosts, foreign) };
    }
  }
  if (flags.generate === undefined) return;
  const routes = plan.routes.map(({ method, binding }) => ({ method: method.method, binding }));
  for (const request of generateRequests(routes, index, flags.generate, flags.seed ?? 1)) {
    yield { kind: "request", request };
  }
}

/** The hosts whose credentials are sent, in lower case. A pipe can be read once, so none of its hosts is known to be the user's. */
async function ownHosts(
  path: string,
  { host: named, format }: CompareFlags,
  label: Comparison["label"],
): Promise<ReadonlySet<string>> {
  if (named !== undefined) return new Set(named.map((host) => host.toLowerCase()));
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return new Set();
  const isRouted = ({ method, target }: RecordedRequest): boolean => label(method, target).rpc !== unrouted;
  const most = await mostAskedHost(readSource(path, format), isRouted);
  return new Set(most === undefined ? [] : [most.toLowerCase()]);
}

/** The part of a comparison that says what is sent. */
type RequestSources = Pick<Comparison, "files" | "flags" | "terminal" | "plan" | "index" | "label">;
