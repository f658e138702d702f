/** Names of files that Windows accepts: a repository may be checked out there, wherever its files were generated. */

/**
 * The reason why Windows refuses a name; undefined if it accepts it. Device names count with any extension.
 * https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
 */
export function windowsNameProblem(name: string): string | undefined {
  if (deviceName.test(name)) return `"${name}" is a device on Windows`;
  const character = forbidden.exec(name)?.[0];
  if (character !== undefined) return `Windows has no ${character} in names`;
  return /[. ]$/.test(name) ? "Windows has no dot or space at the end of names" : undefined;
}

/**
 * A name for a file made of `name`, an extension that follows it left out, that Windows can hold, and bundlers do not take for
 * a pattern (esbuild: `*`).
 */
export function portableName(name: string): string {
  const plain = name.replace(/[<>:"|?*]/g, "_").replace(/[. ]+$/, (end) => "_".repeat(end.length));
  return deviceName.test(plain) ? plain.replace(/^[^. ]+/, (device) => `${device}_`) : plain;
}

const deviceName =
  /^(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\$|conout\$) *(?:\.|$)/i;
const forbidden = /[<>:"|?*]/;
