/** Members of the class for the API and its parts, and outputs of the stack. */
import { type CodeFile, type Lines, propertyKey } from "../../emit/print/code-file.js";
import { construct, type Expression, entry, literal, member, object } from "../../emit/print/expression.js";
import { run } from "../../emit/print/statement.js";
import { typeOf } from "../cloudformation/resource-type.js";
import type { Template } from "../cloudformation/sections.js";
import type { Document } from "../resources/document.js";
import { memberOf } from "./resource-members.js";
import { classOf, variableOf } from "./resource-statements.js";
import { expressionOf, type Names } from "./template-expression.js";

/** A member of the class. */
export interface PublicMember {
  readonly name: string;
  readonly doc: string;
  readonly type: string;
  readonly value: Expression;
}

/** Resources that the class exposes, by logical id. */
export const exposed: Readonly<Record<string, readonly [name: string, doc: string]>> = {
  HttpApi: ["api", "The HTTP API."],
  RestApi: ["api", "The REST API."],
  LoadBalancer: ["loadBalancer", "The load balancer."],
  LoadBalancerSecurityGroup: ["loadBalancerSecurityGroup", "Who may reach the load balancer."],
  FunctionSecurityGroup: ["functionSecurityGroup", "Where functions are let out to."],
  Listener: ["listener", "The listener of the load balancer."],
  Domain: ["domain", "The domain of the API."],
  PayloadBucket: ["payloadBucket", "The bucket of large payloads."],
  DeadLetterQueue: ["deadLetterQueue", "The queue with the events that functions failed on."],
  AlarmTopic: ["alarmTopic", "The topic that gets the alarms."],
};

/** The members of an API. */
export function publicMembers({ resources, outputs }: Template, names: Names, file: CodeFile): PublicMember[] {
  const url = outputs.find(([name]) => name === "ApiUrl")?.[1];
  const value = url === undefined ? undefined : memberOf(url, "Value");
  return [
    ...(value === undefined
      ? []
      : [
          {
            name: "url",
            doc: "Where the API answers.",
            type: "string",
            value: expressionOf(value, names),
          },
        ]),
    ...resources.flatMap(([id, content]) => {
      const found = exposed[id];
      if (found === undefined) return [];
      const [module, type] = classOf(typeOf(content));
      const [name, doc] = found;
      return [{ name, doc, type: file.useType(`npm:aws-cdk-lib/${module}`, type), value: variableOf(id) }];
    }),
  ];
}

/** Outputs of the API; ARNs of functions are members of the class. */
export function outputLines({ outputs }: Template, file: CodeFile, names: Names): Lines[] {
  return outputs
    .filter(([name]) => !name.endsWith("FunctionArn"))
    .map(([name, content]) => {
      const description = memberOf(content, "Description");
      const value: Document = memberOf(content, "Value") ?? "";
      return run(
        construct(
          file.use("npm:aws-cdk-lib", "CfnOutput"),
          "this",
          literal(name.endsWith("Url") && name !== "ApiUrl" ? `${name}Output` : name),
          object(...(description === undefined ? [] : [entry("description", expressionOf(description, names))]), [
            propertyKey("value"),
            name === "ApiUrl" ? member("this", "url") : expressionOf(value, names),
          ]),
        ),
      );
    });
}
