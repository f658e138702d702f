/** The parts of go.mod that generated code needs. It is the user's file: generating does not touch it. */
import type { GoModule } from "../../go/go-project.js";

/** Something that go.mod lacks, with the command that adds it. */
export interface MissingRequirement {
  readonly message: string;
  readonly command: string;
}

const lambdaModule = "github.com/aws/aws-lambda-go";
const goMinorNeeded = 22;

/** Everything that go.mod lacks, in the order in which to run the commands. */
export function missingRequirements({ path, goMinor, requires }: GoModule): MissingRequirement[] {
  const asked = goMinor === 0 ? "no version of Go" : `Go 1.${goMinor}`;
  const tooOld = {
    message: `go.mod of module ${path} asks for ${asked}, and generated code needs Go 1.${goMinorNeeded}`,
    command: `go get go@1.${goMinorNeeded}`,
  };
  // Version 1.55 needs Go 1.26, and `go get` would raise the version of the whole module to that.
  const version = goMinor < 26 ? "v1.54.0" : "v1.55.1";
  const noLambda = {
    message: `go.mod of module ${path} does not require ${lambdaModule}, which generated code imports`,
    command: `go get ${lambdaModule}@${version}`,
  };
  return [...(goMinor < goMinorNeeded ? [tooOld] : []), ...(requires.has(lambdaModule) ? [] : [noLambda])];
}
