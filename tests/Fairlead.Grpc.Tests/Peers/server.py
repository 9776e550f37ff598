"""Answers the echo service and health as python's gRPC does. Prints its port, and ends when its input does."""
import sys
from concurrent import futures

import grpc

import echo_pb2
import echo_pb2_grpc
import health_pb2
import health_pb2_grpc


class Echo(echo_pb2_grpc.EchoServicer):
    def finish(self, note, context):
        if note.fail:
            context.set_trailing_metadata((("echo-detail", "why"), ("echo-bytes-bin", b"\x00\xff")))
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, note.fail)

    def begin(self, note, context):
        if note.compress:
            context.set_compression(grpc.Compression.Gzip)
        metadata = dict(context.invocation_metadata())
        if "echo-text" in metadata:
            context.send_initial_metadata((("echo-text", metadata["echo-text"]),))
        if note.wait:
            # Until the client gives up, which python tells by the context.
            import threading
            gone = threading.Event()
            if context.add_callback(gone.set):
                gone.wait()

    def Unary(self, note, context):
        self.begin(note, context)
        self.finish(note, context)
        return note

    def Expand(self, note, context):
        self.begin(note, context)
        for i in range(note.count):
            yield echo_pb2.Note(text=note.text, count=i, payload=note.payload)
        self.finish(note, context)

    def Collect(self, notes, context):
        text = []
        for note in notes:
            self.finish(note, context)
            text.append(note.text)
        return echo_pb2.Note(text="".join(text), count=len(text))

    def Chat(self, notes, context):
        for note in notes:
            self.finish(note, context)
            yield note


class Health(health_pb2_grpc.HealthServicer):
    def Check(self, request, context):
        if request.service == "unheard":
            context.abort(grpc.StatusCode.NOT_FOUND, "unknown")
        status = health_pb2.HealthCheckResponse.NOT_SERVING if request.service == "down" else health_pb2.HealthCheckResponse.SERVING
        return health_pb2.HealthCheckResponse(status=status)


server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
echo_pb2_grpc.add_EchoServicer_to_server(Echo(), server)
health_pb2_grpc.add_HealthServicer_to_server(Health(), server)
port = server.add_insecure_port("127.0.0.1:0")
server.start()
print(port, flush=True)
sys.stdin.read()
