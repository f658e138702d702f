/** Names that the CDK makes of CloudFormation's. */

/** `KmsKeyId` -> `kmsKeyId`, `SSEAlgorithm` -> `sseAlgorithm`, `WebACLArn` -> `webAclArn`. */
export function propertyName(name: string): string {
  const words = name.match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z0-9]+|\d+/g) ?? [];
  return words.map((word, at) => (at === 0 ? word.toLowerCase() : capitalize(word.toLowerCase()))).join("");
}

/** The property of a construct that has an attribute: `Arn` -> `attrArn`. */
export function attributeName(attribute: string): string {
  return `attr${capitalize(propertyName(attribute))}`;
}

function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
