/** Sends the requests of the matrix through the functions of a project. */
import type { Plan } from "../../src/plan/plan.js";
import { exchange, type TestDoor } from "../front-door/doors.js";
import type { Handler } from "./project.js";
import type { MatrixRequest } from "./requests.js";

/** What a request was answered with: the status, and the body as it is. */
export type Answer = string;

/** The answers in order of the requests. Each goes to the function of its RPC, as the door would choose it. */
export async function answerAll(
  door: TestDoor,
  plan: Plan,
  handlers: ReadonlyMap<string, Handler>,
  requests: readonly MatrixRequest[],
): Promise<Answer[]> {
  const byRpc = new Map(
    plan.functions.flatMap(({ id, methods }) =>
      methods.map(({ service, method }): [string, Handler | undefined] => [
        `${service.fullName.split(".").slice(0, -1).join(".")}.${method.name}`,
        handlers.get(id),
      ]),
    ),
  );
  const answers: Answer[] = [];
  for (const request of requests) {
    const handler = byRpc.get(request.rpc);
    if (handler === undefined) throw new Error(`no function for ${request.rpc}`);
    answers.push(await answer(door, handler, request));
  }
  return answers;
}

async function answer(door: TestDoor, handler: Handler, request: MatrixRequest): Promise<Answer> {
  const { method, target, body = "", contentType } = request;
  const headers: [string, string][] = [
    ["host", "api.example.com"],
    ...(contentType === undefined ? [] : [["content-type", contentType] as [string, string]]),
  ];
  const wire = { method, target, headers, body: Buffer.from(body), httpVersion: "1.1", sourceIp: "192.0.2.1" };
  const response = await exchange(door, handler, { ...wire, scheme: "https" });
  return `${response.status} ${Buffer.from(response.body).toString()}`;
}
