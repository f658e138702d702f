/** The web ACL in front of an API or a load balancer. */
import type { Document } from "../resources/document.js";
import type { Value } from "../resources/value.js";
import type { Resources } from "./dialect.js";

/** The association of a web ACL with what the ARN names; none without a web ACL. */
export function firewall(waf: Value | undefined, protectedArn: Document): Resources {
  if (waf === undefined) return {};
  return {
    Firewall: {
      Type: "AWS::WAFv2::WebACLAssociation",
      Properties: { ResourceArn: protectedArn, WebACLArn: waf },
    },
  };
}

/** The ARN of the stage of a REST API; `stage` refers to it, so that it is there before. */
export function stageArn(stage: Document): Document {
  const arn = "arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${RestApi}/stages/${StageName}";
  return { "Fn::Sub": [arn, { StageName: stage }] };
}
