/**
 * What the roles of a template allow: each permission is used by a function, through the role that was deployed, and refused when its
 * action is taken out of that role. What is near it is refused as it is.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, callAction, callIam, callJson, send, textOf } from "./aws.js";
import { type Ministack, startMinistack, tools } from "./ministack.js";
import { makeProject, type Project } from "./project.js";
import { deployStack, resourcesOf } from "./stack.js";

if (tools.missing !== undefined) console.warn(`skipped: ${tools.missing}`);

const name = "permissions";

const settings = (host: string): string => `  frontDoor: http-api
  auth: none
  vpc: true
  largePayloads: { threshold: 1000, deleteUploads: true }
  environment: { AWS_ENDPOINT_URL_S3: "http://${host}" }
  policies:
    - { actions: [dynamodb:GetItem], resources: ["arn:aws:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/shelves"] }
    - { actions: [sqs:SendMessage], resources: ["arn:aws:sqs:\${AWS::Region}:\${AWS::AccountId}:orders"] }
    - { actions: [sns:Publish], resources: ["arn:aws:sns:\${AWS::Region}:\${AWS::AccountId}:news"] }
    - { actions: [ssm:GetParameter], resources: ["arn:aws:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/limit"] }
    - { actions: [kms:Encrypt], resources: [{ ref: KeyArn }] }
dependencies:
  stock: { address: "stock.internal:50051", secret: { ref: SecretArn } }
`;

let aws: Ministack;
let project: Project;
let apiHost: string;
let ids: ReadonlyMap<string, string>;
let secret: string;
let key: string;

beforeAll(async () => {
  if (tools.folder === undefined) return;
  aws = await startMinistack(tools.folder);
  const { host } = aws;
  const made = (await callJson(host, "secretsmanager", "secretsmanager.CreateSecret", {
    Name: "stock",
    SecretString: "open sesame",
  })) as { ARN: string };
  secret = made.ARN;
  const { KeyMetadata } = (await callJson(host, "kms", "TrentService.CreateKey", {})) as {
    KeyMetadata: { Arn: string };
  };
  key = KeyMetadata.Arn;
  await callJson(host, "dynamodb", "DynamoDB_20120810.CreateTable", {
    TableName: "shelves",
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
  });
  await callAction(host, "sqs", "2012-11-05", "CreateQueue", { QueueName: "orders" });
  await callAction(host, "sns", "2010-03-31", "CreateTopic", { Name: "news" });
  await callJson(host, "ssm", "AmazonSSM.PutParameter", { Name: "limit", Value: "3", Type: "String" });
  project = await makeProject(host, name, settings(host));
  const parameters = { SecretArn: secret, KeyArn: key, SubnetIds: "subnet-1", SecurityGroupIds: "sg-1" };
  await deployStack(host, "CreateStack", { name, template: project.template(), parameters });
  ids = await resourcesOf(host, name);
  apiHost = `${ids.get("HttpApi")}.execute-api.localhost`;
});
afterAll(async () => {
  await aws?.stop();
  project?.remove();
});

function call(
  method: string,
  target: string,
  body = "",
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return send(aws.host, { method, target, body, headers: { "content-type": "application/json", ...headers } }, apiHost);
}

/** Actions that a function never asks for itself, or that the emulator does not have. */
const untried = [
  // X-Ray is not in the emulator.
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
  // Lambda makes the interfaces of a function with the function's role; the emulator makes none.
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

const triedByPayloads = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"];

/** A request to a service of AWS. */
interface Question {
  readonly service: string;
  readonly method: string;
  readonly target: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

function json(service: string, action: string, input: object): Question {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": action };
  return { service, method: "POST", target: "/", body: JSON.stringify(input), headers };
}

function query(service: string, parameters: Readonly<Record<string, string>>): Question {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return { service, method: "POST", target: "/", body: new URLSearchParams(parameters).toString(), headers };
}

/** Has the function ask, with its own credentials. */
async function ask(question: Question): Promise<{ readonly status: number; readonly body: string }> {
  const answer = await call("POST", "/v1/questions", JSON.stringify(question));
  expect(answer.status, answer.body).toBe(200);
  return JSON.parse(answer.body) as { status: number; body: string };
}

/** A policy of a role, as it was deployed. */
interface DeployedPolicy {
  readonly Version: string;
  readonly Statement: readonly { readonly Action: readonly string[] }[];
}

async function readPolicy(role: { readonly RoleName: string; readonly PolicyName: string }): Promise<DeployedPolicy> {
  const text = textOf(await callIam(aws.host, "GetRolePolicy", role), "PolicyDocument") ?? "";
  return JSON.parse(decodeURIComponent(text)) as DeployedPolicy;
}

/** Runs `use` while the role of a function lacks an action. */
async function without<T>(functionId: string, policyName: string, action: string, use: () => Promise<T>): Promise<T> {
  const role = { RoleName: ids.get(`${functionId}Role`) ?? "", PolicyName: policyName };
  const policy = await readPolicy(role);
  const kept = policy.Statement.map((each) => ({ ...each, Action: each.Action.filter((one) => one !== action) }));
  expect(kept).not.toEqual(policy.Statement);
  const changed = { ...policy, Statement: kept.filter(({ Action }) => Action.length > 0) };
  await callIam(aws.host, "PutRolePolicy", { ...role, PolicyDocument: JSON.stringify(changed) });
  try {
    return await use();
  } finally {
    await callIam(aws.host, "PutRolePolicy", { ...role, PolicyDocument: JSON.stringify(policy) });
  }
}

const account = "000000000000";

/** The policy, the action, a request that it allows, and one beside it that nothing allows. */
const permissions: readonly (readonly [
  policy: string,
  action: string,
  question: () => Question,
  other: () => Question,
])[] = [
  [
    "logs-and-traces",
    "logs:CreateLogStream",
    () => logs("CreateLogStream", "shelves-ask-service", { logStreamName: `own-${Math.random()}` }),
    () => logs("CreateLogStream", "shelves-get-shelf", { logStreamName: "another's" }),
  ],
  [
    "logs-and-traces",
    "logs:PutLogEvents",
    () => logs("PutLogEvents", "shelves-ask-service", line),
    () => logs("PutLogEvents", "shelves-get-shelf", line),
  ],
  [
    "logs-and-traces",
    "ec2:DescribeNetworkInterfaces",
    () => query("ec2", { Action: "DescribeNetworkInterfaces", Version: "2016-11-15" }),
    () => query("ec2", { Action: "DescribeInstances", Version: "2016-11-15" }),
  ],
  [
    "configured",
    "secretsmanager:GetSecretValue",
    () => json("secretsmanager", "secretsmanager.GetSecretValue", { SecretId: secret }),
    () => json("secretsmanager", "secretsmanager.DeleteSecret", { SecretId: secret }),
  ],
  [
    "configured",
    "dynamodb:GetItem",
    () => json("dynamodb", "DynamoDB_20120810.GetItem", { TableName: "shelves", Key: { id: { S: "1" } } }),
    () => json("dynamodb", "DynamoDB_20120810.PutItem", { TableName: "shelves", Item: { id: { S: "1" } } }),
  ],
  [
    "configured",
    "sqs:SendMessage",
    () => query("sqs", { ...sqs, Action: "SendMessage", MessageBody: "1" }),
    () => query("sqs", { ...sqs, Action: "ReceiveMessage" }),
  ],
  [
    "configured",
    "sns:Publish",
    () => query("sns", { ...sns, Action: "Publish", Message: "1" }),
    () => query("sns", { ...sns, Action: "DeleteTopic" }),
  ],
  [
    "configured",
    "ssm:GetParameter",
    () => json("ssm", "AmazonSSM.GetParameter", { Name: "limit" }),
    () => json("ssm", "AmazonSSM.GetParameter", { Name: "other" }),
  ],
  [
    "configured",
    "kms:Encrypt",
    () => json("kms", "TrentService.Encrypt", { KeyId: key, Plaintext: "b3Blbg==" }),
    () => json("kms", "TrentService.ScheduleKeyDeletion", { KeyId: key }),
  ],
];

const sqs = { Version: "2012-11-05", QueueUrl: `http://sqs.us-east-1.amazonaws.com/${account}/orders` };

const sns = { Version: "2010-03-31", TopicArn: `arn:aws:sns:us-east-1:${account}:news` };

const line = { logStreamName: "lines", logEvents: [{ timestamp: Date.now(), message: "one" }] };

function logs(action: string, functionId: string, input: object): Question {
  return json("logs", `Logs_20140328.${action}`, { logGroupName: `/aws/lambda/${name}/${functionId}`, ...input });
}

const denied = expect.objectContaining({
  body: expect.stringMatching(/AccessDenied|AuthorizationError|UnauthorizedOperation/),
});

describe.skipIf(tools.folder === undefined)("the role of a function", () => {
  beforeAll(async () => {
    for (const functionId of ["shelves-ask-service", "shelves-get-shelf"])
      await callJson(aws.host, "logs", "Logs_20140328.CreateLogStream", {
        logGroupName: `/aws/lambda/${name}/${functionId}`,
        logStreamName: "lines",
      });
  });

  test.each(permissions)(
    "%s: %s is used, refused without the action, and allows nothing else",
    async (policy, action, question, other) => {
      expect(await ask(question())).toMatchObject({ status: 200 });
      expect(await ask(other())).toEqual(denied);
      expect(await without("ShelvesAskService", policy, action, () => ask(question()))).toEqual(denied);
      expect(await ask(question())).toMatchObject({ status: 200 });
    },
  );
});

test.skipIf(tools.folder === undefined)("every action that a role has is tried, or says why not", async () => {
  const roles = [...ids].filter(([id]) => id.endsWith("Role")).map(([, RoleName]) => RoleName);
  const actions = new Set<string>();
  for (const RoleName of roles) {
    const listed = await callIam(aws.host, "ListRolePolicies", { RoleName });
    for (const [, PolicyName = ""] of listed.matchAll(/<member>([^<]*)<\/member>/g))
      for (const { Action } of (await readPolicy({ RoleName, PolicyName })).Statement)
        for (const action of Action) actions.add(action);
  }
  const tried = permissions.map(([, action]) => action);
  expect([...actions].sort()).toEqual([...tried, ...triedByPayloads, ...untried].sort());
});

describe.skipIf(tools.folder === undefined)("large payloads", () => {
  const large = "/v1/shelves/history?books=1000";

  /** A request to a link. */
  const follow = (link: string, method = "GET", body = "", headers: Readonly<Record<string, string>> = {}) =>
    send(aws.host, { method, target: link.replace(/^https?:\/\/[^/]+/, ""), body, headers });

  const upload = async (): Promise<Answer> => {
    const body = JSON.stringify({ name: "uploaded" });
    const begun = await call("POST", "/v1/shelves", "", { "x-upload-content-length": String(body.length) });
    expect(begun.status, begun.body).toBe(200);
    const { id, url, headers } = (
      JSON.parse(begun.body) as { upload: { id: string; url: string; headers: Record<string, string> } }
    ).upload;
    const put = await follow(url, "PUT", body, headers);
    return put.status === 200 ? await call("POST", "/v1/shelves", "", { "x-upload-id": id }) : put;
  };

  test("the bucket refuses requests without TLS", async () => {
    const answer = await call("GET", large);
    expect(answer.status).toBe(500);
    const bucket = ids.get("PayloadBucket");
    // The emulator is reached without TLS: what follows needs a bucket that allows that.
    await send(aws.host, { method: "DELETE", target: `/${bucket}?policy`, service: "s3" });
    expect((await call("GET", large)).status).toBe(303);
  });

  test("a large response is stored and read with the permissions of the role", async () => {
    const { status, headers } = await call("GET", large);
    expect(status).toBe(303);
    const { status: found, body } = await follow(String(headers.location));
    expect([found, JSON.parse(body).books.length]).toEqual([200, 1000]);
  });

  test("without s3:PutObject a large response is an internal error", async () => {
    const { status, body } = await without("ShelvesGetShelf", "large-payloads", "s3:PutObject", () =>
      call("GET", large),
    );
    expect([status, JSON.parse(body).code]).toEqual([500, 13]);
  });

  test("without s3:GetObject the link of a large response leads nowhere", async () => {
    const { status, body } = await without("ShelvesGetShelf", "large-payloads", "s3:GetObject", async () =>
      follow(String((await call("GET", large)).headers.location)),
    );
    expect([status, body]).toEqual([403, expect.stringContaining("AccessDenied")]);
  });

  test("an upload is written, read and deleted with the permissions of the role", async () => {
    const { status, body } = await upload();
    expect([status, JSON.parse(body).name]).toEqual([200, "uploaded"]);
    const objects = await send(aws.host, {
      method: "GET",
      target: `/${ids.get("PayloadBucket")}?prefix=uploads/`,
      service: "s3",
    });
    expect(objects.body).not.toContain("<Key>");
  });

  test.each([
    ["s3:PutObject", 403, /AccessDenied/],
    // S3 says the same of an object that is not there.
    ["s3:GetObject", 400, /no upload with this X-Upload-Id/],
  ])("without %s an upload is answered %i", async (action, expected, text) => {
    const { status, body } = await without("ShelvesCreateShelf", "large-payloads", action, upload);
    expect([status, body]).toEqual([expected, expect.stringMatching(text)]);
  });

  test("without s3:DeleteObject an upload stays", async () => {
    await without("ShelvesCreateShelf", "large-payloads", "s3:DeleteObject", upload);
    const objects = await send(aws.host, {
      method: "GET",
      target: `/${ids.get("PayloadBucket")}?prefix=uploads/`,
      service: "s3",
    });
    expect(objects.body).toContain("<Key>uploads/");
  });
});
