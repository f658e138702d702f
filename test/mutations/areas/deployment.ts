/** Deployment templates: permissions, limits, defaults. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const deploymentMutations: readonly Mutation[] = [
  ...inFile("test/deploy/pitfalls.test.ts", [
    {
      title: "13: a variable crosses slashes",
      file: "src/front-door/alb-path.ts",
      find: 'if (segment.kind === "wildcard") return meetsVerb ? "/[^/]+" : "/[^/]*";',
      replace: 'if (segment.kind === "wildcard") return "/.+";',
      name: "^13: .*a variable ends at a slash",
    },
    {
      title: "13: no rule comes before another",
      file: "src/plan/routes/listener-rules.ts",
      find: "layers.push(Math.max(-1, ...before) + 1);",
      replace: "layers.push(before.length * 0);",
      name: "^13: .*a variable ends at a slash",
    },
    {
      title: "13: a rule holds as many paths as there are",
      file: "src/plan/routes/listener-rules.ts",
      find: "const maxPaths = 3;",
      replace: "const maxPaths = 300;",
      name: "^13: .*no rule has more",
    },
    {
      title: "13: a condition is as long as its path",
      file: "src/front-door/alb-path.ts",
      find: "export const maxPathLength = 128;",
      replace: "export const maxPathLength = 1280;",
      name: "^13: .*no rule has more",
    },
    {
      title: "13: target groups have no limit",
      file: "src/front-door/alb.ts",
      find: "limits: { routes: 100, functions: 100, seconds: 60,",
      replace: "limits: { routes: 100, seconds: 60,",
      name: "^13: .*101",
    },
    {
      title: "13: rules have no limit",
      file: "src/front-door/alb.ts",
      find: "limits: { routes: 100,",
      replace: "limits: { routes: 10_000,",
      name: "^13: .*101",
    },
    {
      title: "16: URLs are open unless told otherwise",
      file: "src/cli/config/settle-deployment.ts",
      find: 'flags.auth ?? deployment.auth ?? "iam"',
      replace: 'flags.auth ?? deployment.auth ?? "none"',
      name: "^16: .*closed",
    },
    {
      title: "16: an open URL has one permission, without the invocation through it",
      file: "templates/sam/function-url.hbs",
      find: "      InvokedViaFunctionUrl: true\n",
      replace: "",
      name: "^16: .*both",
    },
    {
      title: "16: an open URL has one permission, without the URL",
      file: "templates/sam/function-url.hbs",
      find: "      Action: lambda:InvokeFunctionUrl\n",
      replace: "      Action: lambda:InvokeFunction\n",
      name: "^16: .*both",
    },
    {
      title: "17: an HTTP API has a permission for each path",
      file: "templates/sam/http-api.hbs",
      find: "  {{id}}Permission:\n    Type: AWS::Lambda::Permission\n    Properties:\n      Action: lambda:InvokeFunction\n      FunctionName: !Ref {{id}}Function\n      Principal: apigateway.amazonaws.com\n      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/*/*\n",
      replace:
        "{{#each ../paths}}\n  {{../id}}Permission{{@index}}:\n    Type: AWS::Lambda::Permission\n    Properties:\n      Action: lambda:InvokeFunction\n      FunctionName: !Ref {{../id}}Function\n      Principal: apigateway.amazonaws.com\n      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/*/*\n{{/each}}\n",
      name: "^17: http-api: .*stays below",
    },
    {
      title: "17: a REST API has a permission for each path",
      file: "templates/sam/rest-api.hbs",
      find: "  {{id}}Permission:\n    Type: AWS::Lambda::Permission\n    Properties:\n      Action: lambda:InvokeFunction\n      FunctionName: !Ref {{id}}Function\n      Principal: apigateway.amazonaws.com\n      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestApi}/*/*\n",
      replace:
        "{{#each ../paths}}\n  {{../id}}Permission{{@index}}:\n    Type: AWS::Lambda::Permission\n    Properties:\n      Action: lambda:InvokeFunction\n      FunctionName: !Ref {{../id}}Function\n      Principal: apigateway.amazonaws.com\n      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestApi}/*/*\n{{/each}}\n",
      name: "^17: rest-api: .*stays below",
    },
    {
      title: "17: the permission names a method",
      file: "templates/sam/http-api.hbs",
      find: "      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/*/*",
      replace:
        "      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/*/POST/*",
      name: "^17: http-api: .*every route",
    },
    {
      title: "18: nobody counts",
      file: "src/deploy/sam/check-sam.ts",
      find: "if (count <= maxResources) return [];",
      replace: "return [];",
      name: "^18: .*http-api: warned",
    },
    {
      title: "18: resources of the API are not counted",
      file: "src/deploy/sam/check-sam.ts",
      find: "return sharedResources(plan) + resourcesPerFunction(deployment) *",
      replace: "return resourcesPerFunction(deployment) *",
      name: "^18: .*http-api: warned",
    },
    {
      title: "19: the runtime is one that is gone",
      file: "src/cli/config/settle-deployment.ts",
      find: 'deployment.runtime ?? "nodejs24.x"',
      replace: 'deployment.runtime ?? ("nodejs20.x" as "nodejs22.x")',
      name: "^19: ",
    },
  ]),
];
