/** Limits of functions, and the settings of all functions and roles, in the templates of each target. */
import { expect, test } from "vitest";
import { checkDeployment } from "../../src/deploy/targets.js";
import { plannedFunctions } from "../../src/build/functions-json.js";
import { limitsOf } from "../../src/plan/functions/function-limits.js";
import { type TargetId, targetIds } from "../../src/plan/deployment-target-id.js";
import { parseTemplate } from "../support/validate-template.js";
import type { FunctionLimits } from "../../src/plan/plan.js";
import type { OwnRouteOptions } from "../../src/plan/plan-options.js";
import { ownRoutes, plan, render, settingsPlan, small } from "./plans.js";

const limitNames = ["MemorySize", "Timeout", "EphemeralStorage", "ReservedConcurrentExecutions"];

/** Limits of each function by the end of its logical id, those of SAM's globals included. */
function limitsIn(target: TargetId): Record<string, unknown[]> {
  const planned = settingsPlan();
  const template = parseTemplate(render({ ...planned, deployment: { ...planned.deployment, target } }));
  const { Globals } = template as unknown as { Globals?: { Function: object } };
  const functions = Object.entries(template.Resources).filter(([id]) => id.endsWith("Function"));
  return Object.fromEntries(
    functions.map(([id, { Properties }]) => {
      const all: Record<string, unknown> = { ...Globals?.Function, ...Properties };
      return [id, limitNames.map((name) => all[name])];
    }),
  );
}

test.each(["sam", "cloudformation"] as const)(
  "%s: an RPC's before its service's before the API's, the largest of RPCs that share",
  (target) => {
    expect(limitsIn(target)).toEqual({
      LibraryServiceGetShelfFunction: [128, 3, { Size: 1024 }, 0],
      // OpenShelf and CloseShelf.
      LibraryServicePostV1ShelvesFunction: [2048, 20, { Size: 1024 }, 5],
      LibraryServiceDownloadFunction: [1024, 20, { Size: 1024 }, 5],
      LibraryServiceAnythingFunction: [1024, 20, { Size: 1024 }, 5],
      UnroutedFunction: [256, 20, { Size: 1024 }, 5],
    });
  },
);

test("functions.json and dev have the same limits", () => {
  const planned = settingsPlan();
  const limits = plannedFunctions(planned).map((fn) => [fn.id, limitsOf(fn, planned.deployment).memorySize]);
  expect(limits).toEqual([
    ["library-service-get-shelf", 128],
    ["library-service-post-v1-shelves", 2048],
    ["library-service-download", 1024],
    ["library-service-anything", 1024],
    ["unrouted", 256],
  ]);
});

test.each(["sam", "cloudformation"] as const)("%s: layers, key, boundary, path and tags", (target) => {
  const planned = settingsPlan();
  const text = render({ ...planned, deployment: { ...planned.deployment, target } });
  const { Resources: resources, Parameters: parameters } = parseTemplate(text) as ReturnType<typeof parseTemplate> & {
    Parameters: object;
  };
  expect(Object.keys(parameters)).toEqual(expect.arrayContaining(["LayerArn", "KeyArn"]));
  const list = [
    { Key: "cost centre", Value: "4711" },
    { Key: "stage", Value: { Ref: "Stage" } },
  ];
  for (const [id, { Properties: properties }] of Object.entries(resources)) {
    if (id.endsWith("Role"))
      expect(properties).toMatchObject({
        Path: "/teams/library/",
        PermissionsBoundary: { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:policy/boundary" },
        Tags: list,
      });
    if (id.endsWith("LogGroup")) expect(properties).toMatchObject({ Tags: list });
  }
  expect(text).toContain("layer:agent:3");
  expect(text).toMatch(/KmsKeyArn: !Ref KeyArn/);
});

test("terraform: the same settings", () => {
  const planned = settingsPlan();
  const module = JSON.parse(render({ ...planned, deployment: { ...planned.deployment, target: "terraform" } }));
  const { aws_lambda_function: functions, aws_iam_role: roles, aws_cloudwatch_log_group: groups } = module.resource;
  const limits = Object.entries<Record<string, unknown>>(functions).map(([name, fn]) => [
    name,
    [fn.memory_size, fn.timeout, fn.ephemeral_storage, fn.reserved_concurrent_executions],
  ]);
  expect(Object.fromEntries(limits)).toEqual({
    library_service_get_shelf: [128, 3, { size: 1024 }, 0],
    library_service_post_v1_shelves: [2048, 20, { size: 1024 }, 5],
    library_service_download: [1024, 20, { size: 1024 }, 5],
    library_service_anything: [1024, 20, { size: 1024 }, 5],
    unrouted: [256, 20, { size: 1024 }, 5],
  });
  const tags = { "cost centre": "4711", stage: "${var.stage}" };
  expect(functions.unrouted).toMatchObject({
    layers: ["arn:aws:lambda:eu-central-1:123456789012:layer:agent:3", "${var.layer_arn}"],
    kms_key_arn: "${var.key_arn}",
    tags,
  });
  expect(roles.unrouted).toMatchObject({ path: "/teams/library/", tags });
  expect(roles.unrouted.permissions_boundary).toMatch(/^arn:aws:iam::\$\{.*account_id\}:policy\/boundary$/);
  expect(groups.unrouted).toMatchObject({ tags });
});

test("every target is here", () => {
  expect(targetIds).toEqual(["sam", "cloudformation", "terraform", "cdk"]);
});

test("a function may not take longer than its front door waits", () => {
  const late = plan(
    small,
    {},
    { methodOptions: new Map([["acme.library.v1.LibraryService.Download", { timeout: 40 }]]) },
  );
  expect(checkDeployment(late).filter(({ code }) => code === "DP001")).toMatchObject([
    { message: expect.stringMatching(/^function library-service-download may take 40 seconds, but an API Gateway/) },
  ]);
});

test("without settings a template says nothing of them", () => {
  expect(render(plan(small))).not.toMatch(/^ *(?:Reserved|Ephemeral|KmsKey|Layers|PermissionsBoundary|Tags|Path: \/)/m);
});

/** The callback of the tests with limits of its own. */
function limitedCallback(limits: FunctionLimits): OwnRouteOptions[] {
  return ownRoutes.flatMap((route) =>
    route.answer.kind === "function" ? [{ ...route, answer: { ...route.answer, limits } }] : [],
  );
}

test.each(["sam", "cloudformation", "terraform"] as const)(
  "%s: a function of the user's own has the limits of its routes",
  (target) => {
    const limits = { memorySize: 1024, timeout: 3, ephemeralStorage: 2048, reservedConcurrency: 7 };
    const routes = limitedCallback(limits);
    const text = render(plan(small, { target, ...given }, { routes }));
    const found = target === "terraform" ? terraformLimits(text, "callback") : templateLimits(text, "CallbackFunction");
    expect(found).toEqual([1024, 3, 2048, 7]);
  },
);

const given = { auth: "iam" } as const;

function templateLimits(text: string, id: string): unknown[] {
  const { MemorySize, Timeout, EphemeralStorage, ReservedConcurrentExecutions } = (parseTemplate(text).Resources[id]
    ?.Properties ?? {}) as Record<string, unknown>;
  return [MemorySize, Timeout, Object(EphemeralStorage).Size, ReservedConcurrentExecutions];
}

function terraformLimits(text: string, name: string): unknown[] {
  const fn = JSON.parse(text).resource.aws_lambda_function[name];
  return [fn.memory_size, fn.timeout, fn.ephemeral_storage.size, fn.reserved_concurrent_executions];
}

test("routes with one function give it the largest of their limits", () => {
  const routes = [
    ...limitedCallback({ memorySize: 512, timeout: 9 }),
    ...limitedCallback({ memorySize: 2048, reservedConcurrency: 1 }).map((route) => ({ ...route, httpMethod: "PUT" })),
  ];
  const { ownFunctions } = plan(small, given, { routes });
  expect(ownFunctions.map(({ limits }) => limits)).toEqual([{ memorySize: 2048, timeout: 9, reservedConcurrency: 1 }]);
});

test("instances of a user's function are kept warm where its route asks for them alone", () => {
  const warmOf = (limits: FunctionLimits) => {
    const settings = { ...given, release: { alias: "live" }, provisionedConcurrency: 5 } as const;
    const text = render(plan(small, settings, { routes: limitedCallback(limits) }));
    return parseTemplate(text).Resources["CallbackFunction"]?.Properties["ProvisionedConcurrencyConfig"];
  };
  expect(warmOf({ memorySize: 512 })).toBeUndefined();
  expect(warmOf({ provisionedConcurrency: 2 })).toEqual({ ProvisionedConcurrentExecutions: 2 });
});

test.each<[FunctionLimits, string, string]>([
  [{ timeout: 30 }, "DP001", "function callback may take 30 seconds"],
  [{ provisionedConcurrency: 2 }, "DP017", "function callback has provisionedConcurrency 2, but no released version"],
])("limits of a route that deploying would refuse: %j", (limits, code, message) => {
  const findings = checkDeployment(plan(small, given, { routes: limitedCallback(limits) }));
  expect(findings).toContainEqual(expect.objectContaining({ code, message: expect.stringContaining(message) }));
});

test("the function for requests without a route says which RPCs it has", () => {
  const settings = { ...given, unrouted: "rpcs" } as const;
  const open = new Map([["acme.library.v1.LibraryService.Download", { auth: "none" }]] as const);
  const descriptions = [undefined, open].map((methodOptions) => {
    const planned = plan(small, settings, methodOptions === undefined ? {} : { methodOptions });
    return parseTemplate(render(planned)).Resources["FallbackFunction"]?.Properties["Description"];
  });
  expect(descriptions).toEqual([
    "Every RPC, for requests that match no other function's routes.",
    "Every RPC with the authentication of the API (iam), for requests that match no other function's routes.",
  ]);
});
