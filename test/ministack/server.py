"""ministack with what it lacks for the templates of this repository. Each shim says what is missing, and does no more than that."""

import copy
import re

from ministack.app import main
from ministack.core import iam_actions
from ministack.services import alb, apigateway
from ministack.services.cloudformation import provisioners

METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
ANY = "x-amazon-apigateway-any-method"
handlers = provisioners._RESOURCE_HANDLERS


def after_create(resource_type, action):
    """Runs `action` with the physical id and the properties of every new resource of a type."""
    create = handlers[resource_type]["create"]

    def created(logical_id, props, stack_name):
        physical_id, attributes = create(logical_id, props, stack_name)
        action(physical_id, props)
        return physical_id, attributes

    handlers[resource_type]["create"] = created


def make_routes(api_id, props):
    """An HTTP API with a document: the document is ignored, and the API has no routes."""
    for path, operations in props["Body"]["paths"].items():
        for method, operation in operations.items():
            integration = operation["x-amazon-apigateway-integration"]
            integration_id = f"{len(apigateway._integrations[api_id])}"
            apigateway._integrations[api_id][integration_id] = {
                "integrationId": integration_id,
                "integrationType": integration["type"].upper(),
                "integrationUri": integration["uri"],
                "integrationMethod": "POST",
                "payloadFormatVersion": integration["payloadFormatVersion"],
                "timeoutInMillis": 30000,
            }
            authorization = operation.get("x-amazon-apigateway-auth", {}).get("type", "NONE")
            apigateway._create_route(
                api_id,
                {
                    "routeKey": "$default" if path == "/$default" else f"{'ANY' if method == ANY else method.upper()} {path}",
                    "target": f"integrations/{integration_id}",
                    "authorizationType": authorization,
                },
            )


def spell_out_any_method(resource_type):
    """A REST API whose document has x-amazon-apigateway-any-method: the method is not known, and its requests get 403."""
    for action, position in (("create", 1), ("update", 2)):
        original = handlers[resource_type][action]

        def spelled(*args, original=original, position=position, **named):
            props = copy.deepcopy(args[position])
            for operations in props["Body"]["paths"].values():
                operation = operations.pop(ANY, None)
                if operation is not None:
                    for method in METHODS:
                        operations.setdefault(method, copy.deepcopy(operation))
            return original(*args[:position], props, *args[position + 1 :], **named)

        handlers[resource_type][action] = spelled


def register_targets(group_arn, props):
    """A target group with targets: they are ignored, and the group leads nowhere."""
    alb._targets[group_arn] = [{"Id": target["Id"], "Port": ""} for target in props["Targets"]]


def match_expressions():
    """Rules by regular expression: the expressions are dropped, and the rules take no request."""
    flatten, match = provisioners._flatten_listener_rule_conditions, alb._match_condition

    def flattened(conditions):
        kept = flatten(conditions)
        for condition, declared in zip(kept, conditions or []):
            condition["Values"] += declared.get("PathPatternConfig", {}).get("RegexValues", [])
        return kept

    def matched(condition, method, path, headers, query):
        expressions = [value for value in condition.get("Values", []) if value.startswith("^")]
        if condition.get("Field") == "path-pattern" and any(re.search(each, path) for each in expressions):
            return True
        return match(condition, method, path, headers, query)

    provisioners._flatten_listener_rule_conditions = flattened
    alb._match_condition = matched


def name_log_groups():
    """Permissions for log groups: AWS compares them with the group's ARN, which ends in `:*`, and ministack leaves the end out."""
    extract = iam_actions.extract_resource_arn

    def extracted(service, *args, **named):
        arn = extract(service, *args, **named)
        return f"{arn}:*" if service == "logs" and isinstance(arn, str) and ":log-group:" in arn else arn

    iam_actions.extract_resource_arn = extracted


after_create("AWS::ApiGatewayV2::Api", make_routes)
after_create("AWS::ElasticLoadBalancingV2::TargetGroup", register_targets)
spell_out_any_method("AWS::ApiGateway::RestApi")
match_expressions()
name_log_groups()
main()
