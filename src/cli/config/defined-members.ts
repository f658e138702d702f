/** Members of settings: those that have a value, and those that the planner takes as they are. */

/** The object without members that are undefined. */
export function definedMembers<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  const defined = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as { [Name in keyof Members]?: Exclude<Members[Name], undefined> };
}

/** Settings that are options of the planner under the same name; a setting that is no option has the type never. */
export type Unchanged<Settings, Options> = {
  [Name in keyof Settings]: Name extends keyof Options ? Options[Name] : never;
};
