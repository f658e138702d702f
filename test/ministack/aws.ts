/** Requests to the emulator, signed by an administrator or by a user without permissions. */
import { request } from "node:http";
import { requestSigner } from "../../src/migrate/sides/sign-request.js";

/** An answer of a service, or of the API that is deployed. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Credentials of somebody. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Everything is allowed: to the emulator it is the root of the account. */
export const administrator: Credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** A request; `service` is what it is signed for, undefined: it is not signed. */
export interface Sent {
  readonly method: string;
  readonly target: string;
  readonly service?: string | undefined;
  readonly by?: Credentials;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** The region of everything. */
export const region = "us-east-1";

/** Sends a request to the emulator; `hostName` is the virtual host that it is for. */
export async function send(host: string, sent: Sent, hostName = host): Promise<Answer> {
  const body = Buffer.from(sent.body ?? "");
  const signature =
    sent.service === undefined
      ? []
      : await requestSigner({ ...(sent.by ?? administrator), service: sent.service, region, now: () => new Date() })(
          { method: sent.method, target: sent.target, body },
          hostName,
        );
  const [address, port] = host.split(":");
  return await new Promise((resolve, reject) => {
    const headers = {
      ...sent.headers,
      ...Object.fromEntries(signature),
      host: hostName,
      "content-length": body.length,
    };
    const outgoing = request({ host: address, port, method: sent.method, path: sent.target, headers }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on("data", (part: Buffer) => parts.push(part)).on("error", reject);
      incoming.on("end", () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    outgoing.on("error", reject).end(body);
  });
}

/** Calls an action of a service with the query protocol: CloudFormation, IAM, Elastic Load Balancing. Throws what the service refuses. */
export async function callAction(
  host: string,
  service: string,
  version: string,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const { status, body } = await send(host, {
    method: "POST",
    target: "/",
    service,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ Action: action, Version: version, ...parameters }).toString(),
  });
  if (status >= 300) throw new Error(`${action} was answered ${status}: ${body}`);
  return body;
}

/** The text of the first element of a name in an answer; undefined without one. */
export function textOf(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}

/** The texts of elements within each element of another name. */
export function rowsOf(xml: string, element: string, names: readonly string[]): (string | undefined)[][] {
  const rows = xml.match(new RegExp(`<${element}>(?:(?!</${element}>)[\\s\\S])*</${element}>`, "g")) ?? [];
  return rows.map((row) => names.map((name) => textOf(row, name)));
}

/** Calls an action of a service with JSON, `Logs_20140328.DescribeLogGroups`; gives the parsed answer. */
export async function callJson(host: string, service: string, action: string, input: object): Promise<unknown> {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": action };
  const { status, body } = await send(host, {
    method: "POST",
    target: "/",
    service,
    headers,
    body: JSON.stringify(input),
  });
  if (status >= 300) throw new Error(`${action} was answered ${status}: ${body}`);
  return JSON.parse(body);
}

/** Calls an action of IAM. */
export function callIam(host: string, action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  return callAction(host, "iam", "2010-05-08", action, parameters);
}
