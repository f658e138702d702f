/** Parameters of a template. */
import { type Document, entries, inline, noted } from "../resources/document.js";
import type { Parameter, ParameterType } from "../resources/resource-model.js";

const types: Readonly<Record<ParameterType, string>> = {
  text: "String",
  number: "Number",
  texts: "CommaDelimitedList",
  vpc: "AWS::EC2::VPC::Id",
  subnets: "List<AWS::EC2::Subnet::Id>",
  securityGroups: "List<AWS::EC2::SecurityGroup::Id>",
};

/** The section `Parameters`. */
export function parametersSection(parameters: readonly Parameter[]): Document {
  return entries(parameters.map((parameter) => [parameter.name, parameterMember(parameter)]));
}

function parameterMember({ type, choices, pattern, least, description, note, ...parameter }: Parameter): Document {
  const member: Document = {
    Type: types[type],
    Default: parameter.default,
    MinValue: least,
    AllowedPattern: pattern,
    AllowedValues: choices === undefined ? undefined : inline(choices),
    Description: description,
  };
  return note === undefined ? member : noted(note, member);
}
