/** The version of the bundler, asked of its program. */

/** The version of esbuild, after a line of code went through it; a text says why it does not run, such as a package for another platform. */
export async function bundlerVersion(): Promise<{ readonly version: string } | { readonly problem: string }> {
  try {
    const { transform, version } = await import("esbuild");
    await transform("");
    return { version };
  } catch (error) {
    const [line = ""] = String((error as Error).message)
      .trim()
      .split("\n");
    return { problem: line };
  }
}
