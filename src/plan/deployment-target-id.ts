/** The ids of deployment targets; flags, configuration and tests read this list. */

/** The tools that deploy what is generated, the default first. */
export const targetIds = ["sam", "cloudformation", "terraform"] as const;

/** One of `targetIds`. */
export type TargetId = (typeof targetIds)[number];

/** The target of a project that names none. */
export const defaultTarget: TargetId = "sam";

/** The file of a target, where the project names none. Further files of a target are beside it. */
export const defaultTemplates: Readonly<Record<TargetId, string>> = {
  sam: "template.yaml",
  cloudformation: "template.yaml",
  terraform: "terraform/main.tf.json",
};
