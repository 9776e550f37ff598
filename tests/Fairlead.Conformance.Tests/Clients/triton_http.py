"""Talks REST as Triton's client does: no Content-Type, lower-case header names, binary tensors unless told otherwise, a query string when asked."""
import gzip
import http.client
import json
import struct
import sys
import zlib

host, port = sys.argv[1].split(":")
connection = http.client.HTTPConnection(host, int(port), timeout=30)


def send(method, path, body=None, headers=None):
    # Header by header: the library's own request() would add some.
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("content-length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    content = response.read()
    coding = response.getheader("content-encoding")
    if coding == "gzip":
        content = gzip.decompress(content)
    elif coding == "deflate":
        content = zlib.decompress(content)
    return response, content


def infer(model, request, tensors=(), version="", headers=None, coding=None, query=""):
    head = json.dumps(request).encode()
    body = head + b"".join(tensors)
    sent = dict(headers or {})
    if tensors:
        sent["inference-header-content-length"] = str(len(head))
    if coding == "gzip":
        body = gzip.compress(body)
    elif coding == "deflate":
        body = zlib.compress(body)
    if coding:
        sent["content-encoding"] = coding
    path = f"v2/models/{model}" + (f"/versions/{version}" if version else "") + "/infer"
    response, content = send("POST", "/" + path + query, body, sent)
    if response.status != 200:
        raise AssertionError(f"{response.status}: {json.loads(content)['error']}")
    length = response.getheader("inference-header-content-length")
    if length is None:
        return json.loads(content), {}
    result, offset, buffers = json.loads(content[: int(length)]), int(length), {}
    for output in result["outputs"]:
        size = output.get("parameters", {}).get("binary_data_size")
        if size is not None:
            buffers[output["name"]] = content[offset : offset + size]
            offset += size
    assert offset == len(content), (offset, len(content))
    return result, buffers


def check(name, condition):
    if not condition:
        raise AssertionError(name)
    print("ok", name)


first, second = list(range(16)), [1] * 16
packed = [struct.pack("<16i", *first), struct.pack("<16i", *second)]
total = struct.pack("<16i", *[a + b for a, b in zip(first, second)])
difference = struct.pack("<16i", *[a - b for a, b in zip(first, second)])
inputs = [
    {"name": name, "shape": [1, 16], "datatype": "INT32", "parameters": {"binary_data_size": 64}}
    for name in ("INPUT0", "INPUT1")
]

check("is_server_live", send("GET", "/v2/health/live")[0].status == 200)
check("is_server_ready", send("GET", "/v2/health/ready?test_1=1&test_2=2")[0].status == 200)
check("is_model_ready", send("GET", "/v2/models/simple/ready")[0].status == 200)
check("is_model_ready of an unknown one", send("GET", "/v2/models/wrong_model_name/ready")[0].status != 200)

metadata = json.loads(send("GET", "/v2")[1])
check("get_server_metadata", {"name", "version", "extensions"} <= metadata.keys() and "binary_tensor_data" in metadata["extensions"])
model = json.loads(send("GET", "/v2/models/simple")[1])
check("get_model_metadata", model["name"] == "simple" and len(model["inputs"]) == 2 and len(model["outputs"]) == 2)
config = json.loads(send("GET", "/v2/models/simple/config")[1])
check("get_model_config", config["name"] == "simple" and config["input"][0]["data_type"] == "TYPE_INT32")
response, content = send("GET", "/v2/models/wrong_model_name")
check("get_model_metadata of an unknown one", response.status != 200 and "Request for unknown model" in json.loads(content)["error"])

result, buffers = infer("simple", {"inputs": inputs, "parameters": {"binary_data_output": True}}, packed, query="?test_1=1&test_2=2")
check("infer, binary by default", buffers == {"OUTPUT0": total, "OUTPUT1": difference})

outputs = [{"name": "OUTPUT0", "parameters": {"binary_data": True}}, {"name": "OUTPUT1", "parameters": {"binary_data": False}}]
result, buffers = infer("simple", {"id": "1", "inputs": inputs, "outputs": outputs}, packed)
check("infer, one output in JSON", buffers == {"OUTPUT0": total} and result["outputs"][1]["data"] == [a - 1 for a in first] and result["id"] == "1")

for coding in ("gzip", "deflate"):
    result, buffers = infer("simple", {"inputs": inputs, "outputs": [{"name": "OUTPUT0", "parameters": {"binary_data": True}}]}, packed, headers={"accept-encoding": coding}, coding=coding)
    check(f"infer, {coding} both ways", buffers == {"OUTPUT0": total})

texts = b"".join(struct.pack("<I", len(text)) + text for text in (str(value).encode() for value in first))
ones = (struct.pack("<I", 1) + b"1") * 16
request = {
    "inputs": [
        {"name": "INPUT0", "shape": [1, 16], "datatype": "BYTES", "parameters": {"binary_data_size": len(texts)}},
        {"name": "INPUT1", "shape": [1, 16], "datatype": "BYTES", "parameters": {"binary_data_size": len(ones)}},
    ],
    "outputs": [{"name": "OUTPUT0", "parameters": {"binary_data": False}}],
}
result, _ = infer("simple_string", request, [texts, ones])
check("infer, BYTES", result["outputs"][0]["data"] == [str(value + 1) for value in first])

result, _ = infer("versioned", {"inputs": [{"name": "INPUT0", "shape": [1, 1], "datatype": "INT32", "data": [21]}]}, version="1")
check("infer, version", result["model_version"] == "1" and result["outputs"][0]["data"] == [21])

request = {"inputs": [{"name": "INPUT0", "shape": [1, 4], "datatype": "FP32", "data": [0.5, 2.5, 1.5, 0]}], "outputs": [{"name": "OUTPUT0", "parameters": {"classification": 1, "binary_data": False}}]}
result, _ = infer("two_outputs", request)
value, index = result["outputs"][0]["data"][0].split(":")[:2]
check("infer, classification", float(value) == 2.5 and index == "1")

response, content = send("POST", "/v2/models/simple/infer", b"{}", {})
check("infer, error", response.status == 400 and isinstance(json.loads(content)["error"], str))

statistics = json.loads(send("GET", "/v2/models/simple/stats")[1])
check("get_inference_statistics", len(statistics["model_stats"]) == 1 and statistics["model_stats"][0]["inference_stats"]["success"]["count"] > 0)

index = json.loads(send("POST", "/v2/repository/index", b"", {})[1])
check("get_model_repository_index", any(entry["name"] == "simple" and entry["state"] == "READY" for entry in index))
check("unload_model", send("POST", "/v2/repository/models/fixed_shape/unload", b'{"parameters":{"unload_dependents":false}}', {})[0].status == 200)
check("is_model_ready after it", send("GET", "/v2/models/fixed_shape/ready")[0].status != 200)
check("load_model", send("POST", "/v2/repository/models/fixed_shape/load", b"{}", {})[0].status == 200)
check("is_model_ready after that", send("GET", "/v2/models/fixed_shape/ready")[0].status == 200)
