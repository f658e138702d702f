/** JSON names of fields: https://protobuf.dev/programming-guides/json/ */

/** The lowerCamelCase name that protoc derives: underscores go, the letter after one becomes upper-case. */
export function defaultJsonName(name: string): string {
  if (!name.includes("_")) return name;
  return name.replace(/_+(.?)/g, (_, next: string) => next.toUpperCase());
}
