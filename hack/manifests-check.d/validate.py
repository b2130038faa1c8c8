"""Checks rendered manifests, our own kinds, and what pods and roles may do. Called by hack/manifests-check."""

import copy
import json
import pathlib
import re
import sys

import cel
import jsonschema
import kubernetes_validate
import lupa
import yaml

VERSIONS = ["1.29", "1.33", "1.37"]
OWN_GROUP = "intent-operator.dev"
# Kinds of others, of which no schema is at hand.
FOREIGN = {"ServiceMonitor"}

problems = []
counts = {"documents": 0, "pods": 0, "rules": 0, "intents": 0, "refused": 0, "healths": 0}


def problem(where, what):
    problems.append(f"{where}: {what}")


def documents(path):
    return [document for document in yaml.safe_load_all(path.read_text()) if document is not None]


# Our own kinds.

FORBIDDEN = {"$ref", "$schema", "definitions", "dependencies", "id", "patternProperties", "deprecated", "readOnly", "writeOnly"}


def check_structure(node, where):
    """What a structural schema must be; https://kubernetes.io/docs names the rules."""
    for word in FORBIDDEN & node.keys():
        problem(where, f"{word} may not stand here")
    if any(word in node for word in ("allOf", "anyOf", "oneOf", "not")):
        problem(where, "alternatives are not used")
    kind = node.get("type")
    if kind is None and not node.get("x-kubernetes-preserve-unknown-fields"):
        problem(where, "has no type")
    if not node.get("description") and where.count(".") > 1 and not where.endswith("[]"):
        problem(where, "has no description")
    if "additionalProperties" in node and "properties" in node:
        problem(where, "additionalProperties beside properties")
    if "pattern" in node:
        re.compile(node["pattern"])
    if "default" in node:
        for error in jsonschema.Draft7Validator(node).iter_errors(node["default"]):
            problem(where, f"its default is not one of its values: {error.message}")
    for name in node.get("required", []):
        if name not in node.get("properties", {}):
            problem(where, f"{name} is required and not described")
    if kind == "array":
        items = node["items"]
        for key in node.get("x-kubernetes-list-map-keys", []):
            if key not in items.get("required", []) and "default" not in items["properties"][key]:
                problem(where, f"the key {key} is neither required nor has it a default")
        check_structure(items, where + "[]")
    for name, field in node.get("properties", {}).items():
        check_structure(field, f"{where}.{name}")


def with_defaults(value, schema):
    """The value as the API server completes it."""
    if isinstance(value, dict):
        for name, field in schema.get("properties", {}).items():
            if name not in value and "default" in field:
                value[name] = copy.deepcopy(field["default"])
            if name in value:
                with_defaults(value[name], field)
    if isinstance(value, list):
        for entry in value:
            with_defaults(entry, schema.get("items", {}))
    return value


def refusals(value, schema, where=""):
    """Why the API server refuses the value: unknown fields, the schema, lists with repeats, rules."""
    if schema.get("x-kubernetes-preserve-unknown-fields") and "properties" not in schema:
        return
    if isinstance(value, dict) and "properties" in schema:
        for name, inner in value.items():
            if name in schema["properties"]:
                yield from refusals(inner, schema["properties"][name], f"{where}.{name}")
            elif not schema.get("x-kubernetes-preserve-unknown-fields"):
                yield f"{where}.{name}: unknown field"
    if isinstance(value, list):
        keys = schema.get("x-kubernetes-list-map-keys")
        seen = [json.dumps([entry.get(key) for key in keys] if keys else entry) for entry in value]
        if schema.get("x-kubernetes-list-type") in ("map", "set") and len(set(seen)) != len(seen):
            yield f"{where}: Duplicate value"
        for index, entry in enumerate(value):
            yield from refusals(entry, schema["items"], f"{where}[{index}]")
    for rule in schema.get("x-kubernetes-validations", []):
        if "oldSelf" in rule["rule"]:
            continue
        counts["rules"] += 1
        if cel.evaluate(rule["rule"], {"self": value}) is not True:
            yield f"{where}: {rule['message']}"


def refused(intent, schema):
    errors = [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(intent)]
    if errors:
        return errors
    return list(refusals(with_defaults(copy.deepcopy(intent), schema), schema))


GOOD = {
    "objective": "Cost_Minimization",
    "workload": {"type": "service", "name": "small", "image": "app", "resources": {"gpu": {"count": 1}}},
}
# What is changed in the good intent, and what the refusal must speak of.
BAD = [
    ({"objective": "Fun"}, "Fun"),
    ({"budget": 5}, "budget"),
    ({"workload.type": "daemon"}, "daemon"),
    ({"workload.name": "Not_A_Name"}, "Not_A_Name"),
    ({"workload.image": "two words"}, "two words"),
    ({"workload.type": "job", "workload.scaling": {"min_replicas": 2}}, "only a service scales"),
    ({"workload.job": {"parallel_tasks": 2}}, "no job settings"),
    ({"workload.scaling": {"min_replicas": 11}}, "more than max_replicas"),
    ({"workload.scaling": {"min_replicas": 0}}, "minimum"),
    ({"workload.scaling": {"min_replicas": 1001, "max_replicas": 1001}}, "maximum"),
    ({"workload.ports": [{"port": 80}, {"port": 80, "protocol": "TCP"}]}, "Duplicate"),
    ({"workload.secrets": [{"name": "a", "env": "A"}, {"name": "b", "env": "A"}]}, "Duplicate"),
    ({"workload.env": ["A=1"], "workload.secrets": [{"name": "a", "env": "A"}]}, "exclude each other"),
    ({"workload.env": ["no value"]}, "no value"),
    ({"workload.resources.gpu.shared": True, "workload.resources.gpu.dedicated": True}, "dedicated and shared"),
    ({"workload.resources.cpu": "many"}, "many"),
    ({"workload.storage": {"volumes": [
        {"name": name, "size": "1Gi", "type": "temporary", "path": "/a"} for name in "ab"]}}, "path of its own"),
    ({"workload.storage": {"volumes": [
        {"name": "a", "size": "1Gi", "type": "temporary", "path": path} for path in ("/a", "/b")]}}, "Duplicate"),
    ({"constraints": {"max_hourly_cost": "5 USD"}}, "5 USD"),
    ({"constraints": {"max_latency_ms": 5, "max_network_latency": "5ms"}}, "keep one of the two"),
    ({"constraints": {"availability": {"window_start": "09:00"}}}, "needs window_start and window_end"),
    ({"constraints": {"availability": {"window_start": "09:00", "window_end": "09:00"}}}, "must differ"),
    ({"constraints": {"availability": {"days_of_week": ["Mon", "Mon"]}}}, "Duplicate"),
    ({"constraints": {"energy": {"power_usage_effectiveness": 0.5}}}, "minimum"),
]
# What is changed in the good intent and still good: numbers and texts that mean the same, and bounds.
ALSO_GOOD = [
    {"workload.resources": {"cpu": 4, "memory": "32Gi", "gpu": {"compute_capability": 8.9, "multi_gpu_efficiency": 0.9}}},
    {"workload.resources": {"cpu": "500m", "memory": 17179869184}},
    {"workload.ports": [{"port": 80}, {"port": 80, "protocol": "UDP"}]},
    {"workload.scaling": {"min_replicas": 1000, "max_replicas": 1000}},
    {"workload.env": ["AB=1"], "workload.secrets": [{"name": "a", "env": "A"}]},
    {"workload.type": "batch", "workload.job": {"timeout": "2h"}},
    {"constraints": {"availability": {"window_start": "22:00", "window_end": "06:00"}}, "sla": {"availability": 99.9}},
]


def changed(changes):
    intent = copy.deepcopy(GOOD)
    for path, value in changes.items():
        *parents, last = path.split(".")
        place = intent
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = value
    return {"apiVersion": f"{OWN_GROUP}/v1alpha1", "kind": "Intent", "metadata": {"name": "small"}, "spec": intent}


def check_kinds(kinds):
    for kind, schema in kinds.items():
        check_structure({**schema, "properties": {k: schema["properties"][k] for k in ("spec", "status")}}, kind)
    schema = kinds["Intent"]
    for changes in [{}] + ALSO_GOOD:
        for why in refused(changed(changes), schema):
            problem(f"a good intent, {changes}", why)
        counts["intents"] += 1
    for changes, words in BAD:
        reasons = refused(changed(changes), schema)
        if not any(words in reason for reason in reasons):
            problem(f"a bad intent, {changes}", f"should be refused for {words!r}, but: {reasons or 'it is taken'}")
        counts["refused"] += 1
    for path in sorted(path for path in pathlib.Path("manifests/samples").rglob("*") if path.is_file()):
        for sample in documents(path):
            intent = sample if "spec" in sample else changed({}) | {"spec": sample["intent"]}
            for why in refused(intent, schema):
                problem(path, why)
            counts["intents"] += 1


# Argo CD's health check: what stands in a status, and what the health is.

HEALTHS = [
    (None, "Progressing"),
    ({"phase": "Running", "observedGeneration": 2}, "Progressing"),
    ({"phase": "Running", "observedGeneration": 1, "Ready": "True"}, "Progressing"),
    ({"phase": "Running", "observedGeneration": 2, "Ready": "True", "Stalled": "False"}, "Healthy"),
    ({"phase": "Completed", "observedGeneration": 3, "Ready": "True"}, "Healthy"),
    ({"phase": "Provisioning", "observedGeneration": 2, "Ready": "False"}, "Progressing"),
    ({"phase": "Pending", "observedGeneration": 2, "Ready": "False", "Stalled": "True"}, "Degraded"),
    ({"phase": "Degraded", "observedGeneration": 2, "Ready": "False", "Stalled": "False"}, "Degraded"),
    ({"phase": "Failed", "observedGeneration": 2, "Ready": "False", "Stalled": "True"}, "Degraded"),
    ({"phase": "Suspended", "observedGeneration": 2, "Ready": "False"}, "Suspended"),
]


def check_health():
    path = pathlib.Path("manifests/argocd/health.yaml")
    script = documents(path)[0]["data"][f"resource.customizations.health.{OWN_GROUP}_Intent"]
    for facts, wanted in HEALTHS:
        lua = lupa.LuaRuntime()
        intent = {"metadata": {"generation": 2}}
        if facts is not None:
            intent["status"] = {key: facts[key] for key in ("phase", "observedGeneration")}
            conditions = [
                {"type": type, "status": facts[type], "message": f"{type} is {facts[type]}"}
                for type in ("Ready", "Stalled") if type in facts
            ]
            if conditions:
                intent["status"]["conditions"] = conditions
        lua.globals().obj = lua.table_from(intent, recursive=True)
        health = lua.execute(script)
        if health["status"] != wanted or not health["message"]:
            problem(path, f"{facts} is {health['status']}, and should be {wanted}")
        counts["healths"] += 1


# What is rendered.


def check_document(document, where, kinds):
    counts["documents"] += 1
    kind = document["kind"]
    where = f"{where}: {kind} {document['metadata']['name']}"
    if document["apiVersion"].startswith(OWN_GROUP + "/"):
        for why in refused(document, kinds[kind]):
            problem(where, why)
    elif kind not in FOREIGN:
        for version in VERSIONS:
            try:
                kubernetes_validate.validate(document, version, strict=True)
            except (kubernetes_validate.ValidationError, kubernetes_validate.SchemaNotFoundError) as error:
                problem(where, f"Kubernetes {version}: {error}")
    if kind == "Deployment":
        check_pod(document["spec"]["template"]["spec"], where)
        labels = document["spec"]["template"]["metadata"]["labels"]
        for key, value in document["spec"]["selector"]["matchLabels"].items():
            if labels.get(key) != value:
                problem(where, f"its selector asks for {key}={value}, which its pods do not have")
    if kind in ("Role", "ClusterRole"):
        for rule in document["rules"]:
            if "*" in rule["verbs"] + rule["resources"] + rule["apiGroups"]:
                problem(where, "asks for everything")
            if "secrets" in rule["resources"]:
                problem(where, "reads Secrets")


def check_pod(pod, where):
    """The level restricted of the Pod Security Standards, and what the operator itself needs."""
    counts["pods"] += 1
    security = pod["securityContext"]
    wants = [
        (security.get("runAsNonRoot") is True and security.get("runAsUser", 0) > 0, "may run as root"),
        (security.get("seccompProfile", {}).get("type") == "RuntimeDefault", "has no seccomp profile"),
        (not any(pod.get(word) for word in ("hostNetwork", "hostPID", "hostIPC")), "shares the host's namespaces"),
        (pod["terminationGracePeriodSeconds"] >= 65, "gets too little time for open calls"),
        (all("hostPath" not in volume for volume in pod.get("volumes", [])), "mounts the host's files"),
    ]
    for container in pod["containers"] + pod.get("initContainers", []):
        own = container["securityContext"]
        environment = {entry["name"]: entry for entry in container.get("env", [])}
        wants += [
            (own.get("allowPrivilegeEscalation") is False, "may escalate its privileges"),
            (own.get("readOnlyRootFilesystem") is True, "may write its root"),
            (own.get("capabilities") == {"drop": ["ALL"]}, "keeps capabilities"),
            ("livenessProbe" in container and "readinessProbe" in container, "has no probes"),
            ("memory" in container["resources"].get("limits", {}), "has no memory limit"),
            ({"POD_NAME", "POD_NAMESPACE"} <= environment.keys(), "does not know its name"),
            (
                not any("value" in environment.get(name, {}) for name in ("FLEXAI_API_KEY", "FLARE_API_TOKEN")),
                "has a secret in its environment",
            ),
            ("--kubernetes" in container["args"] and "--leader-elect" in container["args"], "runs without the lock"),
        ]
    for holds, what in wants:
        if not holds:
            problem(where, what)


def roles(path):
    """The rules of the roles in a file, by their kind, without their names."""
    found = [(role["kind"], role["rules"]) for role in documents(path) if role["kind"] in ("Role", "ClusterRole")]
    return sorted(found, key=json.dumps)


def kinds(path):
    """Our own kinds as a file defines them."""
    found = [crd["spec"] for crd in documents(path) if crd["kind"] == "CustomResourceDefinition"]
    return sorted(found, key=json.dumps)


def main(rendered):
    definitions = {}
    for path in pathlib.Path("manifests/crd").glob("*s.yaml"):
        crd = documents(path)[0]
        definitions[crd["spec"]["names"]["kind"]] = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    check_kinds(definitions)
    check_health()
    files = sorted(rendered.glob("*.yaml")) + [pathlib.Path("manifests/install.yaml")]
    files += sorted(pathlib.Path("manifests/flux").glob("*.yaml")) if pathlib.Path("manifests/flux").exists() else []
    for path in files:
        for document in documents(path):
            if document["apiVersion"].split("/")[0].endswith("toolkit.fluxcd.io"):
                continue
            check_document(document, path.name, definitions)
    chart, bases = rendered / "chart-default.yaml", rendered / "kustomize.yaml"
    if chart.exists() and bases.exists():
        if roles(chart) != roles(bases):
            problem("roles", "the chart's and those of manifests/rbac differ")
        if kinds(chart) != kinds(bases):
            problem("kinds", "the chart's and those of manifests/crd differ")
    for line in problems:
        print(line, file=sys.stderr)
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    sys.exit(1 if problems else 0)


main(pathlib.Path(sys.argv[1]))
