/** A tsconfig.json that compiles what is generated, whatever the project's own says. */

/** The file's name; the project's own tsconfig.json is not touched. */
export const tsconfigName = "tsconfig.grpc2lambda.json";

/** Writes it for the folders of generated files and handlers. */
export function tsconfigText(folders: readonly string[]): string {
  const compilerOptions = {
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    types: ["node"],
    allowJs: true,
    checkJs: false,
    skipLibCheck: true,
    noEmit: true,
  };
  return `${JSON.stringify({ compilerOptions, include: folders }, null, 2)}\n`;
}
