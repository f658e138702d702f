/** Sections of a template. */
import type { Document } from "../resources/document.js";

/** A section's members by name; values have become CloudFormation's functions, in their long form. */
export type Section = readonly (readonly [name: string, content: Document])[];

/** A template, remarks for people included. */
export interface Template {
  readonly head: Section;
  readonly parameters: Section;
  readonly conditions: Section;
  readonly globals: Section;
  readonly resources: Section;
  readonly outputs: Section;
}
