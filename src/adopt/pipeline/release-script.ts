/** The script of a pipeline: it deploys a stage, tries it, and goes back to the release before where that fails. */
import { readFileSync } from "node:fs";
import type { TargetId } from "../../plan/deployment-target-id.js";
import { toolCommand } from "../files/workflow.js";
import type { PipelineProject } from "./pipeline-project.js";

/** The path of the script from the project's root. */
export const releaseScriptPath = "deploy/release.sh";

/** The text of the script, for a POSIX shell. */
export function releaseScript(project: PipelineProject): string {
  const { target, install, manager, apiName } = project;
  const parts: Readonly<Record<string, string>> = {
    SETTINGS: settings[target],
    DEPLOY: indent(deployments[target](project)),
    API_URL: indent(addresses[target](project)),
    INSTALL: install,
    BUILD: toolCommand(manager, "build"),
    API_NAME: apiName,
  };
  const text = readFileSync(new URL("../../../templates/pipeline/release.sh", import.meta.url), "utf8");
  return text.replace(/__([A-Z_]+?)__/g, (whole, name: string) => parts[name] ?? whole);
}

function indent(lines: string): string {
  return lines
    .split("\n")
    .map((line) => (line === "" ? line : `  ${line}`))
    .join("\n");
}

const ofCloudFormation =
  "# CLOUDFORMATION_ROLE_ARN: role with which CloudFormation deploys. PARAMETERS: more parameters, Name=value Name=value.";

const settings: Readonly<Record<TargetId, string>> = {
  sam: ofCloudFormation,
  cloudformation: ofCloudFormation,
  terraform: "# TF_VAR_<name>: more variables.",
  cdk: "# The app of the CDK names the stack <API>-<stage>, with the stage of its context.",
};

const deployments: Readonly<Record<TargetId, (project: PipelineProject) => string>> = {
  sam: ({
    template,
  }) => `sam deploy --template-file ${quoted(template)} --stack-name "$name" --s3-bucket "$ARTIFACT_BUCKET" --s3-prefix "$name" \\
  --role-arn "$CLOUDFORMATION_ROLE_ARN" --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND \\
  --no-confirm-changeset --no-fail-on-empty-changeset --parameter-overrides "Stage=$stage" \${PARAMETERS:-}`,
  cloudformation: ({
    template,
  }) => `aws cloudformation package --template-file ${quoted(template)} --s3-bucket "$ARTIFACT_BUCKET" --s3-prefix "$name" \\
  --output-template-file packaged.yaml
aws cloudformation deploy --template-file packaged.yaml --stack-name "$name" --s3-bucket "$ARTIFACT_BUCKET" --s3-prefix "$name" \\
  --role-arn "$CLOUDFORMATION_ROLE_ARN" --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND \\
  --no-fail-on-empty-changeset --parameter-overrides "Stage=$stage" \${PARAMETERS:-}`,
  terraform: ({ template }) => {
    const terraform = `terraform -chdir=${quoted(folderOf(template))}`;
    return `${terraform} init -input=false -reconfigure -backend-config="bucket=$ARTIFACT_BUCKET" \\
  -backend-config="key=$name/terraform.tfstate" -backend-config="region=$AWS_REGION"
${terraform} apply -input=false -auto-approve -var "stage=$stage"`;
  },
  cdk: () => 'npx cdk deploy "$name" --context "stage=$stage" --require-approval never',
};

const addresses: Readonly<Record<TargetId, (project: PipelineProject) => string>> = {
  sam: () => stackOutput,
  cloudformation: () => stackOutput,
  terraform: ({ template }) => `terraform -chdir=${quoted(folderOf(template))} output -raw api_url`,
  cdk: () =>
    stackOutput.replace("OutputKey=='ApiUrl'", "contains(OutputKey, 'ApiUrl')").replace("ends_with", "contains"),
};

/** The URL of the API, or the first one of its functions. */
const stackOutput = `aws cloudformation describe-stacks --stack-name "$name" --output text \\
  --query "(Stacks[0].Outputs[?OutputKey=='ApiUrl'] || Stacks[0].Outputs[?ends_with(OutputKey, 'Url')])[0].OutputValue"`;

/** A path as a word of a shell. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "." : path.slice(0, slash);
}
