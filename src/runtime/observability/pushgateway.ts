/**
 * Metrics for Prometheus by a Pushgateway, before the answer returns: afterwards the process may be frozen.
 * https://github.com/prometheus/pushgateway#api
 */
import type { Report } from "./observe.js";
import { stageName } from "./metric-values.js";
import { requestCounts } from "./request-counts.js";

/** Milliseconds that a request waits for the Pushgateway at most. What did not arrive goes with the next request. */
const patience = 250;

/** Seconds after which the series of another instance of the function are removed: it is gone, or will push again. */
const oldAge = 3600;

/** Most characters of a list of groups that are read. */
const maxList = 4_000_000;

/**
 * Makes the report that pushes, for a Pushgateway at the variable PUSHGATEWAY_URL. Each instance has a group of its own,
 * because counts of several cannot be added in one; the first push of an instance removes groups of those that are gone,
 * so that series do not pile up. A push that fails is a line of the log, and no failure of the request.
 */
export function pushgateway(api: string): Report {
  const counts = requestCounts();
  const { PUSHGATEWAY_URL: url = "", AWS_LAMBDA_FUNCTION_NAME: name = "local" } = process.env;
  const group: Group = { job: api, stage: stageName(), function: name };
  const instance = process.getBuiltinModule("node:crypto").randomUUID();
  let tidy: Promise<void> | undefined;
  return async (ended) => {
    counts.add(ended);
    // One for all exchanges: they follow one another.
    const signal = AbortSignal.timeout(patience);
    try {
      tidy ??= removeOldGroups(url, group, signal).catch(() => undefined);
      await Promise.all([exchange("PUT", url + pathOf({ ...group, instance }), signal, counts.text()), tidy]);
    } catch (error) {
      ended.log.warn("metrics could not be pushed", { error });
    }
  };
}

/** Labels by which a Pushgateway tells groups of series apart. */
type Group = { readonly job: string; readonly [label: string]: string };

/** The path of a group: first its job, and all labels in base64, which takes any text. */
function pathOf({ job, ...others }: Group): string {
  const labels: readonly [string, string][] = [["job", job], ...Object.entries(others)];
  const parts = labels.map(([name, value]) => `${name}@base64/${Buffer.from(value).toString("base64url")}`);
  return `/metrics/${parts.join("/")}`;
}

/** A group as the Pushgateway lists it. */
interface ListedGroup {
  readonly labels: Group;
  readonly push_time_seconds?: { readonly metrics?: readonly { readonly value?: string }[] };
}

async function removeOldGroups(url: string, group: Group, signal: AbortSignal): Promise<void> {
  const { data } = JSON.parse(await exchange("GET", `${url}/api/v1/metrics`, signal)) as {
    readonly data: ListedGroup[];
  };
  const isOurs = ({ labels }: ListedGroup): boolean => Object.keys(group).every((name) => labels[name] === group[name]);
  const pushed = (listed: ListedGroup): number => Number(listed.push_time_seconds?.metrics?.[0]?.value);
  const old = data.filter((listed) => isOurs(listed) && pushed(listed) < Date.now() / 1000 - oldAge);
  await Promise.all(old.map(({ labels }) => exchange("DELETE", url + pathOf(labels), signal)));
}

/** Sends a request; gives the body of a success. Fails for other answers, and when the signal ends it. */
async function exchange(method: string, url: string, signal: AbortSignal, body = ""): Promise<string> {
  const { request } = process.getBuiltinModule(url.startsWith("https:") ? "node:https" : "node:http");
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, signal, headers: { "content-type": "text/plain" } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (text.length > maxList) sent.destroy(new Error("the answer is too long"));
      });
      response.once("error", reject).once("end", () => {
        const { statusCode = 0 } = response;
        if (statusCode >= 200 && statusCode < 300) resolve(text);
        else reject(new Error(`the Pushgateway answered ${statusCode}: ${text.slice(0, 200)}`));
      });
    });
    sent.once("error", reject).end(body);
  });
}
