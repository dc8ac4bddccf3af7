#!/usr/bin/env python3
"""Makes the two resources that describe Kubernetes' built-in kinds, out of Kubernetes' own files (Apache License 2.0).

  built-in-kinds.py KUBECONFIG PROTO_ROOT OUT_DIR

KUBECONFIG  of a running kube-apiserver of the release to describe; kubectl is taken from the PATH
PROTO_ROOT  a folder that holds k8s.io's Go modules (api@…, apimachinery@…, apiextensions-apiserver@…) with their generated.proto
OUT_DIR     gets built-in-kinds.json (schemas without descriptions) and protobuf-fields.json (field numbers; * marks what Go holds by pointer)

Not part of the build: run it to move to another release, and look at the difference.
"""
import glob
import json
import os
import re
import subprocess
import sys

GROUPS = """api/v1 apis/apps/v1 apis/batch/v1 apis/coordination.k8s.io/v1 apis/rbac.authorization.k8s.io/v1
apis/networking.k8s.io/v1 apis/policy/v1 apis/discovery.k8s.io/v1 apis/storage.k8s.io/v1 apis/apiextensions.k8s.io/v1
apis/authentication.k8s.io/v1 apis/authorization.k8s.io/v1 apis/autoscaling/v1 apis/autoscaling/v2 apis/events.k8s.io/v1""".split()
KINDS = """Pod ConfigMap Secret Service Event Namespace Node ServiceAccount PersistentVolumeClaim PersistentVolume Endpoints
Deployment StatefulSet ReplicaSet Job Lease Role RoleBinding ClusterRole ClusterRoleBinding NetworkPolicy PodDisruptionBudget
EndpointSlice StorageClass CustomResourceDefinition HorizontalPodAutoscaler TokenReview TokenRequest SelfSubjectAccessReview
SelfSubjectRulesReview SubjectAccessReview LocalSubjectAccessReview SelfSubjectReview Scale Binding Eviction DeleteOptions""".split()
REF = "#/components/schemas/"


def trimmed(node):
    """Without descriptions and defaults that are Go's zero values; a single allOf is what it refers to."""
    if isinstance(node, list):
        return [trimmed(x) for x in node]
    if not isinstance(node, dict):
        return node
    out = {}
    for key, value in node.items():
        if key == "properties":
            out[key] = {name: trimmed(schema) for name, schema in value.items()}
        elif key == "allOf" and len(value) == 1:
            out.update(trimmed(value[0]))
        elif (key == "description" and isinstance(value, str)) or (key == "default" and value in ({}, "", 0, False)):
            continue
        else:
            out[key] = trimmed(value)
    return out


def schemas(kubeconfig):
    found = {}
    for group in GROUPS:
        raw = subprocess.check_output(["kubectl", "--kubeconfig", kubeconfig, "get", "--raw", "/openapi/v3/" + group])
        found.update(json.loads(raw)["components"]["schemas"])
    wanted, todo = {}, [name for name in found if name.split(".")[-1] in KINDS]
    while todo:
        name = todo.pop()
        if name not in wanted:
            wanted[name] = trimmed(found[name])
            if len(wanted[name].get("x-kubernetes-group-version-kind", [])) != 1:
                wanted[name].pop("x-kubernetes-group-version-kind", None)
            todo += re.findall(REF + r"([\w.-]+)", json.dumps(wanted[name]))
    return wanted


def messages(root):
    """Message name -> {number: (type, field)} of every generated.proto."""
    out = {}
    for path in glob.glob(root + "/*/**/generated.proto", recursive=True):
        text = re.sub(r"//[^\n]*", "", open(path).read())
        package = re.search(r"^package ([\w.]+);", text, re.M).group(1)
        for name, body in re.findall(r"^message (\w+) \{(.*?)^\}", text, re.M | re.S):
            fields = {}
            for kind, field, number in re.findall(
                    r"(?:optional|repeated)?\s*(map<[^>]+>|[.\w]+) (\w+) = (\d+)", body):
                kind = kind.lstrip(".")
                fields[int(number)] = (kind if "." in kind else package + "." + kind, field)
            out[package + "." + name] = fields
    return out


def definition(message):
    return "io.k8s." + message.removeprefix("k8s.io.").replace("apiextensions_apiserver", "apiextensions-apiserver")


def pointers(root):
    """(message, field) of every scalar that Go holds by pointer: its zero value means something."""
    out = set()
    for path in glob.glob(root + "/*/**/types.go", recursive=True):
        proto = path.replace("types.go", "generated.proto")
        if not os.path.exists(proto):
            continue
        package = re.search(r"^package ([\w.]+);", open(proto).read(), re.M).group(1)
        text = re.sub(r"//[^\n]*", "", open(path).read())
        for name, body in re.findall(r"^type (\w+) struct \{(.*?)^\}", text, re.M | re.S):
            for field in re.findall(r"\w+\s+\*[\w.]+\s+`json:\"(\w+)", body):
                out.add((package + "." + name, field))
    return out


def field_numbers(wanted, protos, optional):
    out = {}

    def add(message, properties):
        name = definition(message)
        if name in out:
            return
        out[name] = {}
        for number, (kind, field) in sorted(protos[message].items()):
            if field in properties:
                out[name][number] = field + ("*" if (message, field) in optional else "")
            elif kind in protos:  # a Go struct that JSON inlines
                out[name][number] = ">" + definition(kind)
                add(kind, properties)

    for message in sorted(protos):
        if definition(message) in wanted and "properties" in wanted[definition(message)]:
            add(message, wanted[definition(message)]["properties"])
    return out


def main(kubeconfig, protos, out):
    wanted = schemas(kubeconfig)
    numbers = field_numbers(wanted, messages(protos), pointers(protos))
    for name, content in (("built-in-kinds", wanted), ("protobuf-fields", numbers)):
        with open(f"{out}/{name}.json", "w") as file:
            entries = (json.dumps(k) + ":" + json.dumps(v, separators=(",", ":"), sort_keys=True)
                       for k, v in sorted(content.items()))
            file.write("{\n" + ",\n".join(entries) + "\n}\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
