namespace Fairlead.Serving.Tests.Forwarding;

/// <summary>The programs that the tests forward to, in nothing but python's standard library and its gRPC.</summary>
internal static class Programs
{
    public const string HttpCommand = "exec /usr/bin/python3 -u service.py";
    public const string GrpcCommand = "exec /usr/bin/python3 -u grpc_service.py";

    public static readonly IReadOnlyDictionary<string, string> Files = new Dictionary<string, string> { ["service.py"] = Http, ["grpc_service.py"] = Grpc };

    /// <summary>An HTTP/1.1 server over bare streams, so that it can misbehave in any way.</summary>
    private const string Http =
        """
        import asyncio, base64, hashlib, os
        connections = 0
        gone = 0
        seen = 0
        steps = asyncio.Queue()

        def head(status, *headers):
            return (f"HTTP/1.1 {status} X\r\n" + "".join(h + "\r\n" for h in headers) + "\r\n").encode()

        def whole(body, status=200, *headers):
            if isinstance(body, str): body = body.encode()
            return head(status, f"Content-Length: {len(body)}", "Content-Type: text/plain", *headers) + body

        async def body_of(reader, headers):
            if "chunked" in headers.get("transfer-encoding", ""):
                parts = []
                while True:
                    size = int((await reader.readline()).split(b";")[0], 16)
                    parts.append(await reader.readexactly(size))
                    await reader.readline()
                    if size == 0: return b"".join(parts)
            return await reader.readexactly(int(headers.get("content-length", 0)))

        async def upload(reader, headers):
            left, digest = int(headers["content-length"]), hashlib.sha256()
            total = left
            while left:
                part = await reader.read(min(left, 1 << 16))
                left -= len(part)
                digest.update(part)
            return f"{total} {digest.hexdigest()}"

        async def web_socket(reader, writer, headers):
            key = headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
            accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
            writer.write(head(101, "Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Accept: {accept}"))
            while True:
                first, second = await reader.readexactly(2)
                size = second & 127
                if size == 126: size = int.from_bytes(await reader.readexactly(2), "big")
                mask = await reader.readexactly(4)
                data = bytes(b ^ mask[i % 4] for i, b in enumerate(await reader.readexactly(size)))
                out = bytes([first]) + (bytes([size]) if size < 126 else bytes([126]) + size.to_bytes(2, "big")) + data
                writer.write(out)
                await writer.drain()
                if first & 15 == 8: return

        async def events(reader, writer):
            writer.write(head(200, "Content-Type: text/event-stream"))
            writer.write(b"data: 0\n\n")
            for i in range(1, 4):
                await steps.get()
                writer.write(f"data: {i}\n\n".encode())
                await writer.drain()
            writer.close()

        async def endless(reader, writer):
            global gone
            writer.write(head(200, "Transfer-Encoding: chunked"))
            writer.write(b"4\r\ntick\r\n")
            try:
                while await reader.read(1) != b"": pass
            except ConnectionError: pass
            gone += 1
            writer.close()

        async def big(writer, size):
            writer.write(head(200, f"Content-Length: {size}"))
            part = b"z" * 65536
            while size:
                writer.write(part[:min(size, len(part))])
                size -= min(size, len(part))
                await writer.drain()

        async def answer(reader, writer, method, target, headers, raw):
            global seen
            path, _, query = target.partition("?")
            if path == "/endless": return await endless(reader, writer)
            if path == "/events": return await events(reader, writer)
            if path == "/ws": return await web_socket(reader, writer, headers)
            if path == "/upload": return writer.write(whole(await upload(reader, headers)))
            if path == "/early":
                writer.write(whole("no", 413, "Connection: close"))
                while await reader.read(1 << 16) != b"": pass
                return writer.close()
            body = await body_of(reader, headers)
            if path == "/hello": writer.write(whole(f"hello from {os.environ['FAIRLEAD_INSTANCE']}"))
            elif path == "/pid": writer.write(whole(str(os.getpid())))
            elif path == "/raw": writer.write(whole(raw + body))
            elif path == "/echo": writer.write(whole(body))
            elif path == "/chunked": writer.write(head(200, "Transfer-Encoding: chunked", "Trailer: X-End") + b"5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\nX-End: yes\r\n\r\n")
            elif path == "/until-close": writer.write(head(200) + b"to the end")
            elif path == "/next": steps.put_nowait(1); writer.write(whole("ok"))
            elif path == "/big": await big(writer, int(query))
            elif path == "/connections": writer.write(whole(str(connections)))
            elif path == "/gone": writer.write(whole(str(gone)))
            elif path == "/seen": writer.write(whole(str(seen)))
            elif path == "/hang": await asyncio.sleep(300)
            elif path == "/silent": seen += 1; writer.close()
            elif path == "/crash": os._exit(7)
            elif path == "/status": writer.write(whole("as told", int(query)))
            elif path == "/no-content": writer.write(head(204, "X-Kept: yes"))
            elif path == "/interim": writer.write(head(103, "Link: </a>") + whole("after"))
            elif path == "/cookies": writer.write(whole("c", 200, "Set-Cookie: a=1", "Set-Cookie: b=2", "Connection: X-Private", "X-Private: secret"))
            elif path == "/both": writer.write(head(200, "Content-Length: 5", "Transfer-Encoding: chunked") + b"0\r\n\r\n")
            elif path == "/two-lengths": writer.write(head(200, "Content-Length: 5", "Content-Length: 6") + b"hello")
            elif path == "/bad-chunk": writer.write(head(200, "Transfer-Encoding: chunked") + b"zz\r\nhello\r\n0\r\n\r\n")
            elif path == "/bad-name": writer.write(b"HTTP/1.1 200 X\r\nBad Name: x\r\nContent-Length: 0\r\n\r\n")
            elif path == "/fold": writer.write(b"HTTP/1.1 200 X\r\nA: x\r\n folded\r\nContent-Length: 0\r\n\r\n")
            elif path == "/bare-return": writer.write(b"HTTP/1.1 200 X\r\nA: x\rB: y\r\nContent-Length: 0\r\n\r\n")
            elif path == "/gzip-encoding": writer.write(head(200, "Transfer-Encoding: gzip, chunked") + b"0\r\n\r\n")
            elif path == "/garbage": writer.write(b"\x00\x01\x02 nonsense\r\n\r\n")
            elif path == "/long-head": writer.write(head(200, "X: " + "y" * 60000, "Content-Length: 0"))
            elif path == "/short": writer.write(head(200, "Content-Length: 10") + b"half"); writer.close()
            else: writer.write(whole("nothing here", 404))
            if path == "/until-close": writer.close()

        async def serve(reader, writer):
            global connections
            connections += 1
            try:
                while not writer.is_closing():
                    raw = await reader.readuntil(b"\r\n\r\n")
                    lines = raw.decode("latin-1").split("\r\n")
                    method, target, _ = lines[0].split(" ")
                    headers = {n.lower(): v.strip() for n, _, v in (l.partition(":") for l in lines[1:] if l)}
                    await answer(reader, writer, method, target, headers, raw)
                    await writer.drain()
            except (asyncio.IncompleteReadError, ConnectionError): pass
            finally: writer.close()

        async def main():
            server = await asyncio.start_server(serve, "127.0.0.1", int(os.environ["PORT"]), limit=1 << 17)
            print("listening", flush=True)
            await server.serve_forever()

        asyncio.run(main())
        """;

    /// <summary>All four kinds of call, over bytes.</summary>
    private const string Grpc =
        """
        import os, threading, time
        from concurrent import futures
        import grpc
        state = {"cancelled": 0}

        def unary(request, context):
            metadata = dict(context.invocation_metadata())
            if request == b"fail": context.abort(grpc.StatusCode.FAILED_PRECONDITION, "it is not ready: ä")
            if request == b"hang": time.sleep(300)
            if request == b"cancelled": return str(state["cancelled"]).encode()
            if request == b"deadline": return str(context.time_remaining() is not None).encode()
            context.send_initial_metadata((("from-service", "initial"),))
            context.set_trailing_metadata((("to-client", "trailing"), ("data-bin", b"\x00\x01\xff")))
            if request == b"metadata": return (metadata.get("asked", "") + "|" + metadata.get("fairlead-environment", "") + "|" + metadata.get("fairlead-prediction", "")).encode()
            return b"<" + request + b">"

        def server_stream(request, context):
            def note(): state["cancelled"] += 1
            if request == b"endless":
                context.add_callback(note)
                while context.is_active():
                    yield b"tick"
                    time.sleep(0.005)
                return
            for i in range(int(request)): yield str(i).encode()

        def client_stream(requests, context): return str(sum(len(r) for r in requests)).encode()

        def bidi(requests, context):
            for r in requests: yield b"<" + r + b">"

        handlers = grpc.method_handlers_generic_handler("test.Echo", {
            "Unary": grpc.unary_unary_rpc_method_handler(unary),
            "ServerStream": grpc.unary_stream_rpc_method_handler(server_stream),
            "ClientStream": grpc.stream_unary_rpc_method_handler(client_stream),
            "Bidi": grpc.stream_stream_rpc_method_handler(bidi)})
        server = grpc.server(futures.ThreadPoolExecutor(16), options=(("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)))
        server.add_generic_rpc_handlers((handlers,))
        server.add_insecure_port("127.0.0.1:" + os.environ["PORT"])
        server.start()
        print("listening", flush=True)
        server.wait_for_termination()
        """;
}
