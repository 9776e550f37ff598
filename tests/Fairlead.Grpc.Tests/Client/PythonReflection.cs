using System.Diagnostics;

namespace Fairlead.Grpc.Tests.Client;

/// <summary>Server reflection of one file by another implementation of gRPC.</summary>
internal sealed class PythonReflection : IDisposable
{
    private const string Program =
        """
        import os, sys, tempfile
        from concurrent import futures
        import grpc
        from grpc_tools import protoc
        version, text = sys.argv[1], sys.argv[2]
        folder = tempfile.mkdtemp()
        open(folder + "/echo.proto", "w").write(text)
        assert protoc.main(["protoc", "-I" + folder, "--descriptor_set_out=" + folder + "/set", folder + "/echo.proto"]) == 0

        def read(data, at):
            value = shift = 0
            while True:
                value |= (data[at] & 127) << shift
                at, shift = at + 1, shift + 7
                if data[at - 1] < 128: return value, at

        def field(number, value):
            size, length = b"", len(value)
            while length > 127: size, length = size + bytes([length & 127 | 128]), length >> 7
            return bytes([number << 3 | 2]) + size + bytes([length]) + value

        # A set is its files, each as field 1.
        packed = open(folder + "/set", "rb").read()
        _, at = read(packed, 1)
        file = packed[at:]

        def info(requests, context):
            for request in requests:
                asked = request[0] >> 3
                if asked == 7: yield field(6, field(1, field(1, b"old.S")) + field(1, field(1, b"grpc.health.v1.Health")))
                elif asked == 4: yield field(4, field(1, file))
                else: yield field(7, bytes([8, 5]) + field(2, b"no such thing"))

        server = grpc.server(futures.ThreadPoolExecutor(2))
        if version != "none":
            server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("grpc.reflection." + version + ".ServerReflection", {"ServerReflectionInfo": grpc.stream_stream_rpc_method_handler(info)}),))
        print(server.add_insecure_port("127.0.0.1:0"), flush=True)
        server.start()
        sys.stdin.read()
        os._exit(0)
        """;

    private readonly Process process;

    private PythonReflection(Process process)
    {
        this.process = process;
        Url = new Uri($"http://127.0.0.1:{process.StandardOutput.ReadLine()}");
    }

    public Uri Url { get; }

    /// <param name="version">"v1", "v1alpha" or "none".</param>
    public static PythonReflection Start(string version, string proto) =>
        new(Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Program, version, proto]) { RedirectStandardInput = true, RedirectStandardOutput = true })!);

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
