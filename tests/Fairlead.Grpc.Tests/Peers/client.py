"""Calls the server as python's gRPC does, with stubs made of the server's own files. Prints a line of JSON for each case."""
import json
import sys
import threading
import traceback

import grpc

import echo_pb2
import echo_pb2_grpc
import health_pb2
import health_pb2_grpc
import reflection_pb2
import reflection_pb2_grpc

address = sys.argv[1]
limit = int(sys.argv[2])
channel = grpc.insecure_channel(address)
echo = echo_pb2_grpc.EchoStub(channel)
cases = []


def case(function):
    cases.append(function)
    return function


def failure(call):
    try:
        result = call()
        if hasattr(result, "__iter__") and not hasattr(result, "DESCRIPTOR"):
            list(result)
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call ended with OK")


def equal(expected, actual):
    assert expected == actual, f"expected {expected!r}, got {actual!r}"


@case
def unary():
    equal("hello", echo.Unary(echo_pb2.Note(text="hello")).text)


@case
def unary_empty_message():
    equal(echo_pb2.Note(), echo.Unary(echo_pb2.Note()))


@case
def unary_of_many_frames():
    payload = bytes(i % 251 for i in range(limit - 100))
    equal(payload, echo.Unary(echo_pb2.Note(payload=payload)).payload)


@case
def unary_many_at_once():
    calls = [echo.Unary.future(echo_pb2.Note(text=str(i))) for i in range(500)]
    equal([str(i) for i in range(500)], [call.result().text for call in calls])


@case
def metadata():
    _, call = echo.Unary.with_call(echo_pb2.Note(), metadata=(("echo-text", "a b"), ("echo-bytes-bin", b"\x00\xff\x10")))
    equal("a b", dict(call.initial_metadata())["echo-text"])
    equal(b"\x00\xff\x10", dict(call.trailing_metadata())["echo-bytes-bin"])


@case
def server_streaming():
    notes = list(echo.Expand(echo_pb2.Note(text="n", count=20, payload=b"x" * 5000)))
    equal(list(range(20)), [note.count for note in notes])
    equal(b"x" * 5000, notes[-1].payload)


@case
def server_streaming_of_nothing():
    equal([], list(echo.Expand(echo_pb2.Note(count=0))))


@case
def client_streaming():
    answer = echo.Collect(iter([echo_pb2.Note(text=text) for text in "abc"]))
    equal(("abc", 3), (answer.text, answer.count))


@case
def client_streaming_of_nothing():
    equal(0, echo.Collect(iter([])).count)


@case
def client_streaming_larger_than_any_buffer():
    count = 400
    equal(count, echo.Collect(echo_pb2.Note(payload=b"y" * (limit - 100)) for _ in range(count)).count)


@case
def bidirectional_streaming():
    ready = threading.Semaphore(1)

    def talk():
        for i in range(10):
            assert ready.acquire(timeout=20)
            yield echo_pb2.Note(count=i)

    heard = []
    for note in echo.Chat(talk()):
        heard.append(note.count)
        ready.release()
    equal(list(range(10)), heard)


@case
def gzip_in():
    equal("z" * 50000, echo.Unary(echo_pb2.Note(text="z" * 50000), compression=grpc.Compression.Gzip).text)


@case
def deflate_in():
    equal("z" * 50000, echo.Unary(echo_pb2.Note(text="z" * 50000), compression=grpc.Compression.Deflate).text)


@case
def gzip_both_ways():
    note, call = echo.Unary.with_call(echo_pb2.Note(text="z" * 50000, compress=True), compression=grpc.Compression.Gzip)
    equal("z" * 50000, note.text)


@case
def gzip_stream_out():
    equal(["z" * 9000] * 3, [note.text for note in echo.Expand(echo_pb2.Note(text="z" * 9000, count=3, compress=True))])


@case
def gzip_bomb():
    error = failure(lambda: echo.Unary(echo_pb2.Note(payload=bytes(50 * limit)), compression=grpc.Compression.Gzip))
    equal(grpc.StatusCode.RESOURCE_EXHAUSTED, error.code())
    assert str(limit) in error.details(), error.details()


@case
def trailers_only():
    error = failure(lambda: echo.Unary(echo_pb2.Note(fail="no")))
    equal((grpc.StatusCode.INVALID_ARGUMENT, "no"), (error.code(), error.details()))
    equal("/fairlead.testing.Echo/Unary", dict(error.trailing_metadata())["echo-detail"])


@case
def message_of_any_letters():
    text = "50 % größer\n\tals 'π' – ☃ 😀 \x7f"
    equal(text, failure(lambda: echo.Unary(echo_pb2.Note(fail=text))).details())


@case
def error_after_an_unsent_message():
    error = failure(lambda: echo.Unary(echo_pb2.Note(text="written, then failed")))
    equal(grpc.StatusCode.FAILED_PRECONDITION, error.code())


@case
def error_in_mid_stream():
    heard = []
    try:
        for note in echo.Expand(echo_pb2.Note(count=3, fail="after three")):
            heard.append(note.count)
        raise AssertionError("the call ended with OK")
    except grpc.RpcError as error:
        equal((grpc.StatusCode.INVALID_ARGUMENT, "after three"), (error.code(), error.details()))
    equal([0, 1, 2], heard)


@case
def error_while_the_client_still_sends():
    stop = threading.Event()

    def talk():
        yield echo_pb2.Note(text="a")
        yield echo_pb2.Note(fail="enough")
        while not stop.wait(0.01):
            yield echo_pb2.Note(payload=b"x" * 1000)

    try:
        error = failure(lambda: echo.Collect(talk()))
    finally:
        stop.set()
    equal((grpc.StatusCode.INVALID_ARGUMENT, "enough"), (error.code(), error.details()))


@case
def deadline():
    error = failure(lambda: echo.Unary(echo_pb2.Note(wait=True), timeout=0.2))
    equal(grpc.StatusCode.DEADLINE_EXCEEDED, error.code())


@case
def deadline_is_told_to_the_server():
    _, call = echo.Unary.with_call(echo_pb2.Note(), timeout=30)
    equal("long", dict(call.trailing_metadata())["echo-timeout"])


@case
def unknown_method():
    error = failure(lambda: channel.unary_unary("/fairlead.testing.Echo/Nothing")(b""))
    equal(grpc.StatusCode.UNIMPLEMENTED, error.code())
    assert "/fairlead.testing.Echo/Nothing" in error.details(), error.details()


@case
def message_over_the_limit():
    error = failure(lambda: echo.Unary(echo_pb2.Note(payload=bytes(limit + 1))))
    equal(grpc.StatusCode.RESOURCE_EXHAUSTED, error.code())
    assert str(limit) in error.details(), error.details()


@case
def message_far_over_the_limit():
    for _ in range(20):
        error = failure(lambda: echo.Unary(echo_pb2.Note(payload=bytes(100 * limit))))
        equal(grpc.StatusCode.RESOURCE_EXHAUSTED, error.code())


@case
def not_a_message():
    error = failure(lambda: channel.unary_unary("/fairlead.testing.Echo/Unary")(b"\xff\xff\xff\xff\xff"))
    equal(grpc.StatusCode.INVALID_ARGUMENT, error.code())


@case
def bug():
    error = failure(lambda: echo.Unary(echo_pb2.Note(text="bug")))
    equal(grpc.StatusCode.INTERNAL, error.code())
    assert "A bug" not in error.details(), error.details()


@case
def health_check():
    health = health_pb2_grpc.HealthStub(channel)
    equal(health_pb2.HealthCheckResponse.SERVING, health.Check(health_pb2.HealthCheckRequest()).status)
    error = failure(lambda: health.Check(health_pb2.HealthCheckRequest(service="unheard")))
    equal(grpc.StatusCode.NOT_FOUND, error.code())


@case
def health_watch():
    health = health_pb2_grpc.HealthStub(channel)
    call = health.Watch(health_pb2.HealthCheckRequest(service="unheard"))
    equal(health_pb2.HealthCheckResponse.SERVICE_UNKNOWN, next(call).status)
    call.cancel()


def reflect(path):
    call = channel.stream_stream(path, reflection_pb2.ServerReflectionRequest.SerializeToString, reflection_pb2.ServerReflectionResponse.FromString)
    asked = [
        reflection_pb2.ServerReflectionRequest(host="h", list_services=""),
        reflection_pb2.ServerReflectionRequest(file_containing_symbol="fairlead.testing.Echo.Chat"),
        reflection_pb2.ServerReflectionRequest(file_by_filename="unheard.proto"),
    ]
    services, file, absent = list(call(iter(asked)))
    equal("h", services.valid_host)
    assert "fairlead.testing.Echo" in [service.name for service in services.list_services_response.service]
    equal([echo_pb2.DESCRIPTOR.name], [descriptor_name(proto) for proto in file.file_descriptor_response.file_descriptor_proto])
    equal(5, absent.error_response.error_code)


def descriptor_name(serialized):
    from google.protobuf import descriptor_pb2
    return descriptor_pb2.FileDescriptorProto.FromString(serialized).name


@case
def reflection_v1():
    reflect("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo")


@case
def reflection_v1alpha():
    reflect("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")


for function in cases:
    problem = None
    try:
        function()
    except Exception:
        problem = traceback.format_exc()
    print(json.dumps([function.__name__, problem]), flush=True)
