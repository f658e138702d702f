/** Prints a template as YAML. */
import { banner } from "../../banner.js";
import { entries } from "../../resources/document.js";
import { printMembers, printSections } from "./print-yaml.js";
import type { Section, Template } from "../sections.js";

/** The text of a template file, with the commands that deploy it at its head; sections without members are left out. */
export function printTemplate(template: Template, commands: readonly string[]): string {
  const usage = commands.map((command) => `#   ${command}\n`).join("");
  const sections: [string, Section][] = [
    ["Parameters", template.parameters],
    ["Conditions", template.conditions],
    ["Globals", template.globals],
    ["Resources", template.resources],
    ["Outputs", template.outputs],
  ];
  const printed = sections.flatMap(([name, members]) => {
    if (members.length === 0) return [];
    const content = entries(members);
    return [name === "Resources" ? printSections([[name, content]]) : printMembers({ [name]: content })];
  });
  return `# ${banner}\n#\n${usage}${printMembers(entries(template.head))}\n${printed.join("\n")}`;
}
