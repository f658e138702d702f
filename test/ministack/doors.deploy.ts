/** Every front door and every template, deployed: created, called through processes of the functions, updated, deleted. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  administrator,
  type Answer,
  callAction,
  callIam,
  callJson,
  type Credentials,
  rowsOf,
  send,
  textOf,
} from "./aws.js";
import { type Ministack, startMinistack, tools } from "./ministack.js";
import { makeProject, type Project } from "./project.js";
import { deleteStack, deployStack, resourcesOf } from "./stack.js";

if (tools.missing !== undefined) console.warn(`skipped: ${tools.missing}`);

let aws: Ministack;
beforeAll(async () => {
  if (tools.folder !== undefined) aws = await startMinistack(tools.folder);
});
afterAll(async () => {
  await aws?.stop();
});

/** A front door, its settings, and how its clients reach and sign. */
interface DeployedDoor {
  readonly settings: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** The service that requests are signed for; undefined: the door takes any request. */
  readonly signedFor?: string;
  /** The virtual host, and what comes before paths, from the outputs of the stack and its resources. */
  readonly address: (
    outputs: ReadonlyMap<string, string>,
    ids: ReadonlyMap<string, string>,
  ) => readonly [string, string];
  /** What a caller has to be allowed. */
  readonly permission?: (outputs: ReadonlyMap<string, string>) => {
    readonly Action: string[];
    readonly Resource: string;
  };
}

const invoke = (outputs: ReadonlyMap<string, string>) => ({
  Action: ["execute-api:Invoke"],
  Resource: outputs.get("ApiResource") ?? "",
});

const doors: Readonly<Record<string, DeployedDoor>> = {
  "http-api": {
    settings: "  frontDoor: http-api\n",
    signedFor: "execute-api",
    address: (_, ids) => [`${ids.get("HttpApi")}.execute-api.localhost`, ""],
    permission: invoke,
  },
  "http-api-released": {
    settings: "  frontDoor: http-api\n  release: true\n  deadLetterQueue: own\n",
    signedFor: "execute-api",
    address: (_, ids) => [`${ids.get("HttpApi")}.execute-api.localhost`, ""],
    permission: invoke,
  },
  "rest-api": {
    settings: "  frontDoor: rest-api\n",
    signedFor: "execute-api",
    address: (_, ids) => [`${ids.get("RestApi")}.execute-api.localhost`, "/dev"],
    permission: invoke,
  },
  alb: {
    settings: "  frontDoor: alb\n  auth: none\n",
    parameters: { VpcId: "vpc-1", LoadBalancerSubnetIds: "subnet-1,subnet-2" },
    address: (_, ids) => [`${ids.get("LoadBalancer")?.split("/")[2]}.alb.localhost`, ""],
  },
  "function-url": {
    settings: "  frontDoor: function-url\n  functions: single\n",
    signedFor: "lambda",
    address: (outputs) => [new URL(outputs.get("ShelvesUrl") ?? "").hostname, ""],
    permission: (outputs) => ({
      Action: ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"],
      Resource: outputs.get("ShelvesFunctionArn") ?? "",
    }),
  },
};

/** A user who may do what the statement allows; nothing without one. */
async function makeUser(name: string, statement?: object): Promise<Credentials> {
  await callIam(aws.host, "CreateUser", { UserName: name });
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
  if (statement !== undefined)
    await callIam(aws.host, "PutUserPolicy", { UserName: name, PolicyName: "own", PolicyDocument });
  const key = await callIam(aws.host, "CreateAccessKey", { UserName: name });
  return { accessKeyId: textOf(key, "AccessKeyId") ?? "", secretAccessKey: textOf(key, "SecretAccessKey") ?? "" };
}

/** What the account has of what stacks make. */
async function leftovers(): Promise<string[]> {
  const list = async (service: string, target: string) =>
    (await send(aws.host, { method: "GET", target, service })).body;
  const { Functions } = JSON.parse(await list("lambda", "/2015-03-31/functions/")) as {
    Functions: { FunctionName: string }[];
  };
  const roles = rowsOf(await callIam(aws.host, "ListRoles", {}), "member", ["RoleName"]);
  const balancing = (action: string) => callAction(aws.host, "elasticloadbalancing", "2015-12-01", action, {});
  const balancers = rowsOf(await balancing("DescribeLoadBalancers"), "member", ["LoadBalancerName"]);
  const targets = rowsOf(await balancing("DescribeTargetGroups"), "member", ["TargetGroupName"]);
  return [
    ...Functions.map(({ FunctionName }) => `function ${FunctionName}`),
    ...(await logGroups("/")).map(({ logGroupName }) => `log group ${logGroupName}`),
    ...roles.map(([name]) => `role ${name}`),
    ...balancers.map(([name]) => `load balancer ${name}`),
    ...targets.map(([name]) => `target group ${name}`),
    ...(await list("apigateway", "/restapis")).matchAll(/"id": ?"\w+"/g),
    ...(await list("apigateway", "/v2/apis")).matchAll(/"apiId": ?"\w+"/g),
  ].map(String);
}

interface LogGroup {
  readonly logGroupName: string;
  readonly retentionInDays?: number;
}

async function logGroups(logGroupNamePrefix: string): Promise<readonly LogGroup[]> {
  const answer = await callJson(aws.host, "logs", "Logs_20140328.DescribeLogGroups", { logGroupNamePrefix });
  return (answer as { logGroups: LogGroup[] }).logGroups;
}

const cases = Object.keys(doors).flatMap((door) => ["sam", "cloudformation"].map((target) => [door, target] as const));

describe.skipIf(tools.folder === undefined).each(cases)("%s, deployed by %s", (door, target) => {
  const { settings, parameters = {}, signedFor, address, permission } = doors[door] as DeployedDoor;
  const name = `${door}-${target}`;
  let project: Project;
  let outputs: ReadonlyMap<string, string>;
  let before: readonly string[];
  let call: (
    method: string,
    path: string,
    how?: { body?: string; by?: Credentials; unsigned?: true },
  ) => Promise<Answer>;

  beforeAll(async () => {
    project = await makeProject(aws.host, name, `  target: ${target}\n${settings}`);
    before = await leftovers();
    outputs = await deployStack(aws.host, "CreateStack", { name, template: project.template(), parameters });
    const [hostName, prefix] = address(outputs, await resourcesOf(aws.host, name));
    call = (method, path, { body = "", by = administrator, unsigned } = {}) =>
      send(
        aws.host,
        {
          method,
          target: `${prefix}${path}`,
          body,
          service: unsigned === true ? undefined : signedFor,
          by,
          headers: body === "" ? {} : { "content-type": "application/json" },
        },
        hostName,
      );
  });
  afterAll(() => project?.remove());

  test("RPCs answer JSON", async () => {
    const shelf = await call("GET", "/v1/shelves/history?books=2");
    expect([shelf.status, shelf.body]).toEqual([200, '{"name":"history","theme":"dev","books":["book 0","book 1"]}']);
    const created = await call("POST", "/v1/shelves", { body: '{"name":"new","theme":"art"}' });
    expect([created.status, created.body]).toEqual([200, '{"name":"new","theme":"art","books":[]}']);
  });

  test.each([
    ["GET", "/v1/shelves/none", "", 404, { code: 5, message: "no such shelf", details: [] }],
    ["GET", "/v1/shelves/broken", "", 500, { code: 13, message: "internal error", details: [] }],
    ["POST", "/v1/shelves", "{", 400, { code: 3 }],
    ["GET", "/v1/nothing", "", 404, { code: 5 }],
    ["DELETE", "/v1/shelves/history", "", 501, { code: 12 }],
  ] as const)("%s %s %s is answered %i", async (method, path, body, status, expected) => {
    const answer = await call(method, path, { body });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject(expected);
  });

  test.skipIf(signedFor === undefined)("who has the permission of the outputs may call, and nobody else", async () => {
    const path = "/v1/shelves/history";
    expect((await call("GET", path, { unsigned: true })).status).toBe(403);
    const stranger = await makeUser(`${name}-stranger`);
    expect((await call("GET", path, { by: stranger })).status).toBe(403);
    const caller = await makeUser(`${name}-caller`, permission?.(outputs));
    expect((await call("GET", path, { by: caller })).status).toBe(200);
    const wrong = { accessKeyId: caller.accessKeyId, secretAccessKey: "another" };
    expect((await call("GET", path, { by: wrong })).status).toBe(403);
  });

  const meetsQueue = async (): Promise<void> => {
    const url = outputs.get("DeadLetterQueueUrl") ?? "";
    const arn = `arn:aws:sqs:us-east-1:000000000000:${url.split("/").at(-1)}`;
    const waiting = { QueueUrl: url, WaitTimeSeconds: "20" };
    const receive = () => callAction(aws.host, "sqs", "2012-11-05", "ReceiveMessage", waiting);
    // The emulator is reached without TLS, which the queue refuses: what follows needs one that allows that.
    await expect(receive()).rejects.toThrow("AccessDenied");
    const template = project.template().replace(/^ {2}DeadLetterQueuePolicy:\n(?: {3}.*\n)+/m, "");
    await deployStack(aws.host, "UpdateStack", { name, template, parameters });
    const fn = (await resourcesOf(aws.host, name)).get("ShelvesGetShelfFunction");
    const lambda = `/2015-03-31/functions/${fn}`;
    const ask = (method: string, path: string, body: string, headers = {}) =>
      send(aws.host, { method, target: `${lambda}${path}`, service: "lambda", body, headers });
    // The emulator's CloudFormation leaves the setting out.
    const config = JSON.stringify({ DeadLetterConfig: { TargetArn: arn } });
    expect((await ask("PUT", "/configuration", config)).status).toBe(200);
    const sent = await ask("POST", "/invocations", '{"hello":"queue"}', { "x-amz-invocation-type": "Event" });
    expect(sent.status).toBe(202);
    expect(await receive()).toContain("hello");
  };
  if (settings.includes("deadLetterQueue")) test("an event of no front door ends in the queue", meetsQueue);

  test("an updated parameter reaches its resources", async () => {
    const template = project.template();
    await deployStack(aws.host, "UpdateStack", {
      name,
      template,
      parameters: { ...parameters, LogRetentionDays: "7", Stage: "dev" },
    });
    const groups = await logGroups(`/aws/lambda/${name}/`);
    expect(new Set(groups.map(({ retentionInDays }) => retentionInDays))).toEqual(new Set([7]));
    expect((await call("GET", "/v1/shelves/history")).status).toBe(200);
  });

  test("deleting leaves the log of requests alone, where the door has one", async () => {
    expect((await leftovers()).length).toBeGreaterThan(before.length + 3);
    await deleteStack(aws.host, name);
    const known = new Set(before);
    const left = (await leftovers()).filter((each) => !known.has(each));
    const logs = door.includes("-api") ? [expect.stringMatching(`^log group /aws/vendedlogs/apis/${name}-`)] : [];
    expect(left).toEqual(logs);
  });
});
