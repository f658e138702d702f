/** Whether deploying would find an account and a region. No name, key or token is repeated. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Terminal } from "../terminal.js";
import type { HealthCheck } from "./health-check.js";

/** Looks at variables and files that the AWS CLI reads. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html */
export function checkAws(env: Terminal["env"]): HealthCheck[] {
  return [checkCredentials(env), checkRegion(env)];
}

/** In the order in which the CLI takes them. */
const variables = [
  "AWS_ACCESS_KEY_ID",
  "AWS_PROFILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
];

function checkCredentials(env: Terminal["env"]): HealthCheck {
  const base = { area: "aws", name: "credentials" } as const;
  const isSet = (name: string): boolean => (env[name] ?? "") !== "";
  const found = variables.find(isSet);
  if (found !== undefined) return { ...base, state: "ok", text: `${found} is set` };
  const file = ["credentials", "config"].find((name) => existsSync(join(env["HOME"] ?? homedir(), ".aws", name)));
  if (file !== undefined) return { ...base, state: "ok", text: `~/.aws/${file} is there` };
  return {
    ...base,
    state: "note",
    text: "none found, and only deploying needs them",
    help: "aws configure sso, or set AWS_PROFILE",
  };
}

function checkRegion(env: Terminal["env"]): HealthCheck {
  const base = { area: "aws", name: "region" } as const;
  const region = env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? "";
  if (/^[a-z]{2,4}(?:-[a-z]+)+-\d$/.test(region)) return { ...base, state: "ok", text: region };
  const text = region === "" ? "not in the environment" : "AWS_REGION is no region, expected one such as eu-west-1";
  return {
    ...base,
    state: region === "" ? "note" : "warning",
    text,
    help: "set AWS_REGION, or region in ~/.aws/config",
  };
}
