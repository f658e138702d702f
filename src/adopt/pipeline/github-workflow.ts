/** The workflow for GitHub Actions that deploys. */
import { actions, toolCommand } from "../files/workflow.js";
import type { PipelineProject } from "./pipeline-project.js";
import { releaseScriptPath } from "./release-script.js";

/** The text of the workflow. The role, the region and the bucket are variables of the repository or of its environments. */
export function deployWorkflow(project: PipelineProject): string {
  return [...headOf(project), ...jobOf(project), "    steps:", ...stepsOf(project), ""].join("\n");
}

function headOf({ apiName }: PipelineProject): string[] {
  return [
    "# Checks, builds and deploys the main branch to dev, and any branch to the stage that somebody chooses.",
    "# Made by `grpc2lambda init`, yours to change. deploy/github-role.yaml makes the role that it takes.",
    `name: deploy ${apiName}`,
    "on:",
    "  push:",
    "    branches: [main]",
    "  workflow_dispatch:",
    "    inputs:",
    "      stage:",
    "        description: Stage, and the environment of GitHub with its variables and approvals",
    "        required: true",
    "        default: dev",
    "permissions: {}",
    "concurrency:",
    `  group: deploy-${apiName}-\${{ inputs.stage || 'dev' }}`,
    "  cancel-in-progress: false",
  ];
}

function jobOf({ folder, target }: PipelineProject): string[] {
  const place = ["    defaults:", "      run:", `        working-directory: ${JSON.stringify(folder)}`];
  const ofCloudFormation = ["CLOUDFORMATION_ROLE_ARN", "PARAMETERS"];
  const variables = [
    ...(target === "sam" || target === "cloudformation" ? ofCloudFormation : []),
    "ARTIFACT_BUCKET",
    "SMOKE_PATH",
  ];
  return [
    "jobs:",
    "  deploy:",
    "    runs-on: ubuntu-24.04",
    "    timeout-minutes: 60",
    "    environment: ${{ inputs.stage || 'dev' }}",
    "    permissions:",
    "      contents: read",
    "      id-token: write",
    ...(folder === "" ? [] : place),
    "    env:",
    "      STAGE: ${{ inputs.stage || 'dev' }}",
    ...variables.map((name) => `      ${name}: \${{ vars.${name} }}`),
    "      SMOKE_TOKEN: ${{ secrets.SMOKE_TOKEN }}",
  ];
}

function stepsOf({ prepare, install, manager, target }: PipelineProject): string[] {
  const terraform = [`      - uses: ${actions.setupTerraform}`, "        with:", "          terraform_wrapper: false"];
  const commands = [...prepare, install, toolCommand(manager, "check"), toolCommand(manager, "build")];
  return [
    `      - uses: ${actions.checkout}`,
    "        with:",
    "          fetch-depth: 0 # to go back to an earlier commit",
    "          persist-credentials: false",
    `      - uses: ${actions.setupNode}`,
    "        with:",
    "          node-version: 24",
    ...(target === "terraform" ? terraform : []),
    ...commands.map((command) => `      - run: ${command}`),
    `      - uses: ${actions.awsCredentials}`,
    "        with:",
    "          role-to-assume: ${{ vars.DEPLOY_ROLE_ARN }}",
    "          aws-region: ${{ vars.AWS_REGION }}",
    `      - run: sh ${releaseScriptPath} "$STAGE"`,
  ];
}
