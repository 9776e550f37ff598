"""Talks gRPC as Triton's client does, over grpcio and stubs made from the protocol's own files."""
import os
import struct
import sys
import tempfile

import grpc
from grpc_tools import protoc

target, protocols = sys.argv[1], sys.argv[2]
stubs = tempfile.TemporaryDirectory()
files = ["inference/model_config.proto", "inference/grpc_service.proto"]
if protoc.main(["protoc", f"-I{protocols}", f"--python_out={stubs.name}", f"--grpc_python_out={stubs.name}", *files]) != 0:
    sys.exit("the stubs could not be made")
sys.path.insert(0, stubs.name)
from inference import grpc_service_pb2 as pb  # noqa: E402
from inference import grpc_service_pb2_grpc as rpc  # noqa: E402


def check(name, condition):
    if not condition:
        raise AssertionError(name)
    print("ok", name)


def fails(call, code, text=""):
    try:
        call()
    except grpc.RpcError as error:
        return error.code() == code and text in error.details()
    return False


big = 64 * 1024 * 1024
channel = grpc.insecure_channel(target, options=[("grpc.max_send_message_length", big), ("grpc.max_receive_message_length", big)])
stub = rpc.GRPCInferenceServiceStub(channel)
first, second = list(range(16)), [1] * 16
total = struct.pack("<16i", *[a + b for a, b in zip(first, second)])


def simple(typed=False, model="simple", **more):
    request = pb.ModelInferRequest(model_name=model, **more)
    for name, values in (("INPUT0", first), ("INPUT1", second)):
        tensor = request.inputs.add(name=name, datatype="INT32", shape=[1, 16])
        if typed:
            tensor.contents.int_contents[:] = values
        else:
            request.raw_input_contents.append(struct.pack("<16i", *values))
    return request


check("is_server_live", stub.ServerLive(pb.ServerLiveRequest()).live)
check("is_server_ready", stub.ServerReady(pb.ServerReadyRequest(), metadata=[("x-test", "1")]).ready)
check("is_model_ready", stub.ModelReady(pb.ModelReadyRequest(name="simple")).ready)
check("get_server_metadata", "binary_tensor_data" in stub.ServerMetadata(pb.ServerMetadataRequest()).extensions)
metadata = stub.ModelMetadata(pb.ModelMetadataRequest(name="simple"))
check("get_model_metadata", metadata.name == "simple" and len(metadata.inputs) == 2 and list(metadata.inputs[0].shape) == [-1, 16])
check("get_model_config", stub.ModelConfig(pb.ModelConfigRequest(name="simple")).config.name == "simple")
check("unknown model", fails(lambda: stub.ModelMetadata(pb.ModelMetadataRequest(name="wrong_model_name")), grpc.StatusCode.NOT_FOUND, "Request for unknown model"))

answer = stub.ModelInfer(simple(id="my id"), timeout=30)
check("infer, raw", answer.raw_output_contents[0] == total and answer.id == "my id" and answer.outputs[0].name == "OUTPUT0")
check("infer, typed", stub.ModelInfer(simple(typed=True)).raw_output_contents[0] == total)
check("infer, gzip", stub.ModelInfer(simple(), compression=grpc.Compression.Gzip).raw_output_contents[0] == total)
check("infer, deflate", stub.ModelInfer(simple(), compression=grpc.Compression.Deflate).raw_output_contents[0] == total)

mixed = simple(typed=True)
mixed.raw_input_contents.append(struct.pack("<16i", *first))
mixed.raw_input_contents.append(struct.pack("<16i", *second))
text = "contents field must not be specified when using raw_input_contents for 'INPUT0' for model 'simple'"
check("infer, mixed", fails(lambda: stub.ModelInfer(mixed), grpc.StatusCode.INVALID_ARGUMENT, text))
check("infer, unknown model", fails(lambda: stub.ModelInfer(simple(model="wrong_model_name")), grpc.StatusCode.NOT_FOUND, "Request for unknown model"))
future = stub.ModelInfer.future(simple())
check("async_infer", future.result(timeout=30).raw_output_contents[0] == total)

large = os.urandom(5_000_000)
request = pb.ModelInferRequest(model_name="identity_uint8", raw_input_contents=[large])
request.inputs.add(name="INPUT0", datatype="UINT8", shape=[5, 1_000_000])
check("infer, five megabytes", stub.ModelInfer(request).raw_output_contents[0] == large)

bad = simple(id="b")
bad.inputs[0].name = "INPUT9"
answers = {}
for one in stub.ModelStreamInfer(iter([simple(id="a"), bad, simple(id="c")])):
    answers[one.infer_response.id] = one
check("stream_infer", answers["a"].infer_response.raw_output_contents[0] == total and answers["c"].infer_response.raw_output_contents[0] == total)
check("stream_infer, error", any("INPUT9" in one.error_message for one in answers.values()))

statistics = stub.ModelStatistics(pb.ModelStatisticsRequest(name="simple"))
check("get_inference_statistics", len(statistics.model_stats) == 1 and statistics.model_stats[0].inference_stats.success.count > 0)
check("get_model_repository_index", any(model.name == "simple" for model in stub.RepositoryIndex(pb.RepositoryIndexRequest()).models))
stub.RepositoryModelUnload(pb.RepositoryModelUnloadRequest(model_name="fixed_shape"))
check("unload_model", fails(lambda: stub.ModelMetadata(pb.ModelMetadataRequest(name="fixed_shape")), grpc.StatusCode.NOT_FOUND) or not stub.ModelReady(pb.ModelReadyRequest(name="fixed_shape")).ready)
stub.RepositoryModelLoad(pb.RepositoryModelLoadRequest(model_name="fixed_shape"))
check("load_model", stub.ModelReady(pb.ModelReadyRequest(name="fixed_shape")).ready)
