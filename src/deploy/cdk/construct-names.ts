/** The names of the class: what parameters, resources, conditions and nested stacks are called in its constructor. */
import { type CodeFile, templateText } from "../../emit/print/code-file.js";
import { call, type Expression, literal, member, template } from "../../emit/print/expression.js";
import { typeOf } from "../cloudformation/resource-type.js";
import type { Template } from "../cloudformation/sections.js";
import type { Homes } from "./construct-source.js";
import { attributeName } from "./property-name.js";
import { variableOf } from "./resource-statements.js";
import type { Names } from "./template-expression.js";

/** Names as they are within a resource; "" for what is outside of any. `values` are those of parameters. */
export function constructNames(
  { resources }: Template,
  homes: Homes,
  values: ReadonlyMap<string, Expression>,
  file: CodeFile,
): (id: string) => Names {
  const types = new Map(resources.map(([id, content]) => [id, typeOf(content)]));
  return (within) => {
    const home = homes.get(within);
    const folder = home !== undefined && types.get(within) === "AWS::Logs::LogGroup" ? logFolder(home) : "stackName";
    return {
      reference: ({ id, attribute }) => {
        if (id === "AWS::StackName") return folder;
        if (id.startsWith("AWS::")) return member(file.use("npm:aws-cdk-lib", "Aws"), pseudoName(id));
        const value = values.get(id);
        if (value !== undefined) return value;
        return member(variableOf(id), attribute === undefined ? "ref" : attributeName(attribute));
      },
      condition: variableOf,
      zip: (fileName) => {
        const asset = literal(within.replace(/Function$/, "Zip"));
        return call("zipOf", scopeOf(within, homes), asset, template({ value: "zips" }, templateText(`/${fileName}`)));
      },
      fn: () => file.use("npm:aws-cdk-lib", "Fn"),
    };
  };
}

/** `AWS::AccountId` -> `ACCOUNT_ID`, `AWS::URLSuffix` -> `URL_SUFFIX`. */
function pseudoName(id: string): string {
  const words = id.slice("AWS::".length).replace(/([a-z])([A-Z])|([A-Z])([A-Z][a-z])/g, "$1$3_$2$4");
  return words.toUpperCase();
}

/** The construct that a resource is made in. */
export function scopeOf(id: string, homes: Homes): string {
  const home = homes.get(id);
  return home === undefined ? "this" : stackVariable(home);
}

/** The local variable of a nested stack. */
export function stackVariable(home: string): string {
  return variableOf(`${home}Stack`);
}

/** The local variable of the folder of logs of a nested stack. */
export function logFolder(home: string): string {
  return variableOf(`${home}LogFolder`);
}
