/** Checks of files that parse and resolve, for mistakes that protoc rejects. */
import type { Diagnostic } from "../../diagnostics.js";
import { editionFeatures, inheritFeatures } from "../effective-features.js";
import type { LinkedFile } from "../linked-file.js";
import { pairs } from "../pairs.js";
import { createReport } from "../report.js";
import { checkEnum } from "./check-enum.js";
import { checkExtension, checkExtensionNumbers } from "./check-extension.js";
import { checkMessage } from "./check-message.js";
import { type CheckScope, indexTypes } from "./check-scope.js";

/** Checks all files and reports what is wrong, each with its place. */
export function checkDeclarations(files: readonly LinkedFile[], diagnostics: Diagnostic[]): void {
  const types = indexTypes(files);
  for (const { parsed, descriptor } of files) {
    const scope: CheckScope = {
      file: parsed,
      types,
      features: inheritFeatures(editionFeatures(descriptor.edition), descriptor.features),
      report: createReport(parsed, diagnostics),
    };
    for (const [message, linked] of pairs(parsed.messages, descriptor.messages)) checkMessage(message, linked, scope);
    for (const [each, linked] of pairs(parsed.enums, descriptor.enums)) checkEnum(each, linked, scope);
    for (const [field, linked] of pairs(parsed.extensions, descriptor.extensions)) checkExtension(field, linked, scope);
  }
  checkExtensionNumbers(files, diagnostics);
}
