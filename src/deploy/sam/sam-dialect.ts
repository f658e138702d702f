/** AWS SAM, as a dialect of CloudFormation: functions and APIs are types of its own, and `sam build` can make the code. */
import {
  accessLogSettings,
  cacheCluster,
  defaultRouteSettings,
  methodSettings,
  routeSettings,
  usagePlanResources,
} from "../cloudformation/api-stages.js";
import type { Dialect } from "../cloudformation/dialect.js";
import { httpApiDomain, ipAddressType, restApiDomain } from "../cloudformation/domain.js";
import { firewall, stageArn } from "../cloudformation/firewall.js";
import { extraMembers, limitMembers, limitsOfShared, provisioned } from "../cloudformation/function-settings.js";
import { getAtt, type LogicalIds, ref, when } from "../cloudformation/intrinsics.js";
import { vpcConfig } from "../cloudformation/network.js";
import { metadata } from "../cloudformation/metadata.js";
import { type Document, type DocumentMembers, entries, inline, noted } from "../resources/document.js";
import type {
  FunctionResource,
  HttpApiResource,
  ReleaseResource,
  ResourceModel,
  RestApiResource,
  SharedSettings,
  Variable,
} from "../resources/resource-model.js";
import { join, parameter, place } from "../resources/value.js";
import { restApiSkips, stageSkips } from "../skips/door-skips.js";
import { functionSkips } from "../skips/function-skips.js";

/** `root` is the project's root as seen from the template: "", or `../`. */
export function samDialect(root: string): Dialect {
  return {
    commands: ({ shared }) => [`${shared.builtBy === "sam" ? "sam" : "grpc2lambda"} build && sam deploy --guided`],
    head: { AWSTemplateFormatVersion: "2010-09-09", Transform: "AWS::Serverless-2016-10-31" },
    globals,
    fn: (resource, { shared }, ids) => samFunction(resource, shared, ids, root),
    httpApi,
    restApi,
    additional: ({ release }) => ({
      each: {
        "AWS::Serverless::HttpApi": 1,
        "AWS::Serverless::Api": 2,
        "AWS::Serverless::Function": release === undefined ? 0 : release.shifts ? 3 : 2,
      },
      once: release?.shifts === true ? 2 : 0,
    }),
    publishes: false,
    alias: (name) => `FunctionAlias${name}`,
  };
}

function globals({ shared, release }: ResourceModel): DocumentMembers {
  return {
    Function: {
      Runtime: shared.runtime,
      Architectures: [shared.architecture],
      ...limitMembers(limitsOfShared(shared)),
      Timeout: noted(
        "Shorter than the front door waits, so that the function answers with a status before that gives up.",
        shared.timeout,
      ),
      ...(release === undefined ? {} : releaseMembers(release)),
      ...extraMembers(shared),
      Tags: shared.tags.length === 0 ? undefined : entries(shared.tags.map(({ name, value }) => [name, value])),
      Tracing: shared.tracing ? "Active" : undefined,
      LoggingConfig: {
        LogFormat: "JSON",
        ApplicationLogLevel: parameter("ApplicationLogLevel"),
        SystemLogLevel: parameter("SystemLogLevel"),
      },
      Environment: environment(shared.environment),
      VpcConfig: vpcConfig(shared),
    },
  };
}

function releaseMembers({ alias, shifts, alarms }: ReleaseResource): DocumentMembers {
  return {
    AutoPublishAlias: alias,
    DeploymentPreference: shifts
      ? {
          Type: join`CodeDeployDefault.Lambda${parameter("TrafficShifting")}`,
          Alarms:
            alarms.length === 0
              ? undefined
              : noted(
                  "By their names: the alarms name the API, and the API names the aliases.",
                  alarms.map((name) => join`${place("stack")}-${name}`),
                ),
        }
      : undefined,
  };
}

function environment(variables: readonly Variable[]): Document {
  return { Variables: entries(variables.map(({ name, value }) => [name, value])) };
}

/** The place of a function's code, and what `sam build` does with it. */
interface FunctionCode {
  readonly codeUri: string;
  readonly build?: DocumentMembers;
}

/** A zip, which `sam build` leaves as it is, or what it makes the code of: a program to compile, or the project with the entry to bundle. */
function codeOf(fn: FunctionResource, { builtBy }: SharedSettings, root: string): FunctionCode {
  if (fn.program !== undefined) return { codeUri: `${root || "./"}${fn.program}/`, build: goBuild };
  if (builtBy === "grpc2lambda") return { codeUri: `${root}${fn.zip}` };
  return { codeUri: root || "./", build: { BuildMethod: "esbuild", BuildProperties: buildProperties(fn) } };
}

function samFunction(fn: FunctionResource, shared: SharedSettings, ids: LogicalIds, root: string): Document {
  const id = ids.functions.get(fn.id) ?? fn.id;
  const { codeUri, build } = codeOf(fn, shared, root);
  return {
    Type: "AWS::Serverless::Function",
    Metadata: metadata(functionSkips(fn, shared), build),
    Properties: {
      CodeUri: codeUri,
      Handler: fn.handler,
      Description: fn.description,
      ...limitMembers(fn.limits),
      AutoPublishAliasAllProperties:
        ids.alias === undefined
          ? undefined
          : noted("A new version for another timeout, too, which would else reach no caller.", true),
      ProvisionedConcurrencyConfig: provisioned(fn),
      DeadLetterQueue: fn.deadLetterQueue === undefined ? undefined : { Type: "SQS", TargetArn: fn.deadLetterQueue },
      Role: getAtt(`${id}Role`, "Arn"),
      Environment: fn.environment.length === 0 ? undefined : environment(fn.environment),
      LoggingConfig: { LogGroup: ref(`${id}LogGroup`) },
    },
  };
}

/** `sam build` compiles the program once for all functions that differ in nothing else. */
const goBuild: DocumentMembers = {
  BuildMethod: noted(
    "GOFLAGS=\"-trimpath -tags=lambda.norpc,grpcnotrace '-ldflags=-s -w'\" makes the smallest program.",
    "go1.x",
  ),
  BuildProperties: { TrimGoPath: true },
};

/** Texts on top of a bundle, for code of the other module system. Kept equal to those of `dev`. */
const banners = {
  esm: 'js=import { createRequire as createRequireOfBanner } from "node:module"; const require = createRequireOfBanner(import.meta.url);',
  cjs: 'js=const moduleUrlOfBanner = require("node:url").pathToFileURL(__filename).href;',
} as const;

function buildProperties({ entry, bundle: { format, standIns, external } }: FunctionResource): Document {
  const isCommonJs = format === "cjs";
  const aliases = standIns.map(({ packageName, module }) => `${packageName}=./${module}`);
  const banner = inline([banners[format]]);
  return {
    EntryPoints: [entry],
    Format: format,
    OutExtension: [isCommonJs ? ".js=.cjs" : ".js=.mjs"],
    Target: "es2022",
    MainFields: "module,main",
    Minify: true,
    Sourcemap: true,
    SourcesContent: noted("As text: `sam build` drops a plain false, and the maps would hold every source.", "false"),
    Alias:
      aliases.length === 0 ? undefined : noted("The server registers its services here, and opens no port.", aliases),
    External: external.length === 0 ? undefined : [...external],
    Define: isCommonJs
      ? noted("Code of ES modules asks where it is, which a CommonJS module says otherwise.", [
          "import.meta.url=moduleUrlOfBanner",
        ])
      : undefined,
    Banner: isCommonJs
      ? banner
      : noted("CommonJS packages that handlers import call require, which an ES module has not.", banner),
  };
}

function httpApi({ accessLogFormat, document, stage, domain }: HttpApiResource): DocumentMembers {
  return {
    HttpApi: {
      Type: "AWS::Serverless::HttpApi",
      Properties: {
        StageName: "$default",
        AccessLogSettings: accessLogSettings(accessLogFormat),
        DefaultRouteSettings: defaultRouteSettings(stage),
        RouteSettings: routeSettings(stage),
        DefinitionBody: noted(
          "All routes in one document: a resource per route would soon reach the 500 of a stack.",
          document,
        ),
      },
    },
    ...httpApiDomain(domain, { api: "HttpApi", stage: stageOf("HttpApi") }),
  };
}

function restApi(door: RestApiResource): DocumentMembers {
  const { accessLogFormat, document, stage, domain, vpcEndpoints, waf, tracing, accountRole, ipv6 } = door;
  return {
    RestApi: {
      Type: "AWS::Serverless::Api",
      Metadata: metadata([...restApiSkips, ...stageSkips(door)]),
      DependsOn: accountRole ? "ApiGatewayAccount" : undefined,
      Properties: {
        StageName: parameter("Stage"),
        OpenApiVersion: noted(
          "Without it SAM deploys a second stage named Stage, without throttling, logs and firewall.",
          "3.0.1",
        ),
        EndpointConfiguration:
          vpcEndpoints === undefined
            ? inline({ Type: "REGIONAL", IpAddressType: ipAddressType(ipv6) })
            : { Type: "PRIVATE", VPCEndpointIds: vpcEndpoints, IpAddressType: ipAddressType(ipv6) },
        TracingEnabled: tracing || undefined,
        ...cacheCluster(stage),
        AccessLogSetting: when("HasAccessLogs", accessLogSettings(accessLogFormat)),
        MethodSettings: methodSettings(stage),
        DefinitionBody: noted(
          "All resources in one document: one of CloudFormation for each would soon reach the 500 of a stack.",
          document,
        ),
      },
    },
    ...restApiDomain(domain, { api: "RestApi", stage: stageOf("RestApi") }),
    ...firewall(waf, stageArn(stageOf("RestApi"))),
    ...usagePlanResources(door, stageOf("RestApi")),
  };
}

/** The stage that SAM makes of an API. https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-api.html */
function stageOf(api: string): Document {
  return { "Fn::Sub": `\${${api}.Stage}` };
}
