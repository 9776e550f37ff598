"""Talks REST as KServe's client does: JSON both ways, an id of its own, the bodies of the health checks are read."""
import json
import sys
import urllib.error
import urllib.request
import uuid

base = f"http://{sys.argv[1]}"


def send(path, payload=None):
    request = urllib.request.Request(base + path, headers={"Content-Type": "application/json", "Accept": "application/json"})
    if payload is not None:
        request.data = json.dumps(payload).encode()
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def check(name, condition):
    if not condition:
        raise AssertionError(name)
    print("ok", name)


check("is_server_live", send("/v2/health/live")["live"] is True)
check("is_server_ready", send("/v2/health/ready")["ready"] is True)
check("is_model_ready", send("/v2/models/simple/ready")["ready"] is True)

request = {
    "id": str(uuid.uuid4()),
    "inputs": [
        {"name": "INPUT0", "shape": [2, 16], "datatype": "INT32", "data": [list(range(16)), list(range(16))]},
        {"name": "INPUT1", "shape": [2, 16], "datatype": "INT32", "data": [1] * 32},
    ],
    "parameters": {"content_type": "np"},
}
answer = send("/v2/models/simple/infer", request)
check("infer", answer["model_name"] == "simple" and answer["id"] == request["id"])
outputs = {output["name"]: output for output in answer["outputs"]}
check("outputs", outputs["OUTPUT0"]["shape"] == [2, 16] and outputs["OUTPUT0"]["data"] == [value + 1 for value in range(16)] * 2)
check("datatype", outputs["OUTPUT1"]["datatype"] == "INT32")

request = {"inputs": [{"name": "INPUT0", "shape": [1, 3], "datatype": "BYTES", "data": ["a", "ü", ""]}]}
check("texts", send("/v2/models/identity_bytes/infer", request)["outputs"][0]["data"] == ["a", "ü", ""])

try:
    send("/v2/models/no_such_model/infer", request)
    raise AssertionError("an unknown model was answered")
except urllib.error.HTTPError as error:
    check("unknown model", error.code == 404 and "no_such_model" in json.load(error)["error"])
