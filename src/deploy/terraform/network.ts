/** The network of functions in a VPC. */
import type { SharedSettings } from "../resources/resource-model.js";
import { type Block, resource } from "./block.js";
import type { Json } from "./template-text.js";

/** Subnets and security groups of each function; undefined without a VPC. */
export function vpcConfig({ vpc, egress }: SharedSettings): Json | undefined {
  if (!vpc) return undefined;
  const own = ["${aws_security_group.functions.id}"];
  return {
    subnet_ids: "${var.subnet_ids}",
    security_group_ids: egress === undefined ? "${var.security_group_ids}" : own,
  };
}

/** The security group that is made here, with a rule for each range of ports; none where groups are a parameter. */
export function networkBlocks({ egress }: SharedSettings): Block[] {
  if (egress === undefined) return [];
  return [
    resource("aws_security_group", "functions", {
      description: "What functions may reach",
      vpc_id: "${var.vpc_id}",
    }),
    ...egress.map(({ from, to, description }, at) =>
      resource("aws_vpc_security_group_egress_rule", `functions_${at + 1}`, {
        security_group_id: "${aws_security_group.functions.id}",
        ip_protocol: "tcp",
        from_port: from,
        to_port: to,
        cidr_ipv4: "0.0.0.0/0",
        description,
      }),
    ),
  ];
}
