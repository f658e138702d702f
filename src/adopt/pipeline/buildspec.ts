/** The build of CodeBuild that deploys a stage. */
import { toolCommand } from "../files/workflow.js";
import type { PipelineProject } from "./pipeline-project.js";
import { releaseScriptPath } from "./release-script.js";

/** The text of `buildspec.yml`; STAGE and the rest of the environment come from the pipeline. */
export function buildspec({ prepare, install, manager, folder, target }: PipelineProject): string {
  const tools = target === "sam" ? ["pip3 install --quiet aws-sam-cli"] : [];
  const commands = [...prepare, install, toolCommand(manager, "check"), toolCommand(manager, "build")];
  const enter = folder === "" ? [] : [`cd ${JSON.stringify(folder)}`];
  const list = (items: readonly string[]): string[] => items.map((item) => `      - ${JSON.stringify(item)}`);
  // The AWS CLI finds the credentials of the build by itself, curl does not.
  const credentials = 'eval "$(aws configure export-credentials --format env)"';
  return [
    "# Checks, builds and deploys $STAGE. Made by `grpc2lambda init`, yours to change.",
    "version: 0.2",
    "phases:",
    "  install:",
    "    runtime-versions:",
    "      nodejs: 24",
    ...(tools.length === 0 ? [] : ["    commands:", ...list(tools)]),
    "  build:",
    "    commands:",
    ...list([...enter, ...commands, credentials, `sh ${releaseScriptPath} "$STAGE"`]),
    "",
  ].join("\n");
}
