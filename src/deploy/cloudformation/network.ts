/** The network of functions in a VPC. */
import type { Document, DocumentMembers } from "../resources/document.js";
import type { EgressPort } from "../../plan/plan.js";
import type { SharedSettings } from "../resources/resource-model.js";
import { parameter } from "../resources/value.js";
import type { Resources } from "./dialect.js";
import { getAtt } from "./intrinsics.js";

/** Subnets and security groups of each function; undefined without a VPC. */
export function vpcConfig({ vpc, egress }: SharedSettings): DocumentMembers | undefined {
  if (!vpc) return undefined;
  return {
    SubnetIds: parameter("SubnetIds"),
    SecurityGroupIds:
      egress === undefined ? parameter("SecurityGroupIds") : [getAtt("FunctionSecurityGroup", "GroupId")],
  };
}

/** The security group that is made here; none where groups are a parameter. */
export function networkResources({ egress }: SharedSettings): Resources {
  if (egress === undefined) return {};
  return {
    FunctionSecurityGroup: {
      Type: "AWS::EC2::SecurityGroup",
      Properties: {
        GroupDescription: "What functions may reach",
        VpcId: parameter("VpcId"),
        SecurityGroupEgress: egress.map(rule),
      },
    },
  };
}

function rule({ from, to, description }: EgressPort): Document {
  return { IpProtocol: "tcp", FromPort: from, ToPort: to, CidrIp: "0.0.0.0/0", Description: description };
}
