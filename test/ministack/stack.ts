/** A stack of CloudFormation in the emulator. */
import { setTimeout as wait } from "node:timers/promises";
import { callAction, rowsOf, send, textOf } from "./aws.js";

const version = "2010-05-15";

/** What a stack is deployed with. */
export interface StackInput {
  readonly name: string;
  /** Its text. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Creates or updates a stack; gives its outputs. Throws with the events of what failed. */
export async function deployStack(host: string, action: "CreateStack" | "UpdateStack", input: StackInput) {
  const target = `/code/${input.name}.template`;
  await send(host, { method: "PUT", target, service: "s3", body: input.template });
  const parameters = Object.entries(input.parameters).flatMap(([name, value], at) => [
    [`Parameters.member.${at + 1}.ParameterKey`, name],
    [`Parameters.member.${at + 1}.ParameterValue`, value],
  ]);
  await callAction(host, "cloudformation", version, action, {
    StackName: input.name,
    TemplateURL: `http://${host}${target}`,
    "Capabilities.member.1": "CAPABILITY_IAM",
    "Capabilities.member.2": "CAPABILITY_AUTO_EXPAND",
    ...Object.fromEntries(parameters),
  });
  const stack = await settled(host, input.name);
  const status = textOf(stack ?? "", "StackStatus");
  const wanted = action === "CreateStack" ? "CREATE_COMPLETE" : "UPDATE_COMPLETE";
  if (status !== wanted) throw new Error(`${input.name} is ${status}: ${await failures(host, input.name)}`);
  return new Map(
    rowsOf(stack ?? "", "member", ["OutputKey", "OutputValue"]).map(([key = "", value = ""]) => [key, value]),
  );
}

/** Deletes a stack, and waits until it is gone. */
export async function deleteStack(host: string, name: string): Promise<void> {
  await callAction(host, "cloudformation", version, "DeleteStack", { StackName: name });
  const left = await settled(host, name);
  if (left !== undefined && textOf(left, "StackStatus") !== "DELETE_COMPLETE")
    throw new Error(`${name} is left: ${left}\n${await failures(host, name)}`);
}

/** Physical ids of the resources of a stack, by logical id. */
export async function resourcesOf(host: string, name: string): Promise<ReadonlyMap<string, string>> {
  const xml = await callAction(host, "cloudformation", version, "DescribeStackResources", { StackName: name });
  return new Map(
    rowsOf(xml, "member", ["LogicalResourceId", "PhysicalResourceId"]).map(([id = "", own = ""]) => [id, own]),
  );
}

/** The description of a stack that nothing happens to any more; undefined for one that is gone. */
async function settled(host: string, name: string): Promise<string | undefined> {
  for (let tries = 0; tries < 600; tries++) {
    const xml = await callAction(host, "cloudformation", version, "DescribeStacks", { StackName: name }).catch(
      (error: Error) => {
        if (error.message.includes("does not exist")) return undefined;
        throw error;
      },
    );
    if (xml === undefined || !textOf(xml, "StackStatus")?.endsWith("_IN_PROGRESS")) return xml;
    await wait(100);
  }
  throw new Error(`${name} does not settle`);
}

async function failures(host: string, name: string): Promise<string> {
  const xml = await callAction(host, "cloudformation", version, "DescribeStackEvents", { StackName: name });
  return rowsOf(xml, "member", ["LogicalResourceId", "ResourceStatus", "ResourceStatusReason"])
    .filter(([, status]) => status?.includes("FAILED"))
    .map((row) => row.join(" "))
    .join("\n");
}
