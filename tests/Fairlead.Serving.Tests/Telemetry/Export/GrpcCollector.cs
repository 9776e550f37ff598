using System.Diagnostics;

namespace Fairlead.Serving.Tests.Telemetry.Export;

/// <summary>Takes what is exported by OTLP over gRPC, in a process of its own with another implementation of gRPC.</summary>
internal sealed class GrpcCollector : IAsyncDisposable
{
    private const string Program =
        """
        import os, sys, threading, time
        from concurrent import futures
        import grpc
        mode, gate = sys.argv[1], threading.Lock()

        def say(*words):
            with gate: print(*words, flush=True)

        def take(kind):
            def export(request, context):
                say("asked")
                if mode == "slow": time.sleep(300)
                if mode == "refuse": context.abort(grpc.StatusCode.UNAVAILABLE, "not now")
                say(kind, dict(context.invocation_metadata()).get("x-key", "-"), request.hex())
                return b""
            return grpc.unary_unary_rpc_method_handler(export)

        server = grpc.server(futures.ThreadPoolExecutor(4))
        server.add_generic_rpc_handlers((
            grpc.method_handlers_generic_handler("opentelemetry.proto.collector.trace.v1.TraceService", {"Export": take("traces")}),
            grpc.method_handlers_generic_handler("opentelemetry.proto.collector.metrics.v1.MetricsService", {"Export": take("metrics")})))
        say(server.add_insecure_port("127.0.0.1:0"))
        server.start()
        sys.stdin.read()
        os._exit(0)
        """;

    private readonly Process process;
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task reading;

    private GrpcCollector(Process process, string port)
    {
        this.process = process;
        Url = $"http://127.0.0.1:{port}";
        reading = ReadAsync();
    }

    public string Url { get; }

    public TakenTelemetry Taken { get; } = new();

    /// <summary>The metadata <c>x-key</c> of what came last.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Somebody has exported something, whatever became of it.</summary>
    public Task Asked => asked.Task;

    /// <param name="mode">"take", "slow" for one that never answers, or "refuse".</param>
    public static async Task<GrpcCollector> StartAsync(string mode)
    {
        var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Program, mode]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        return new GrpcCollector(process, (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            if (words.Length == 1)
            {
                asked.TrySetResult();
                continue;
            }

            Key = words[1];
            Taken.Take(words[0] == "traces", new ProtoFields(Convert.FromHexString(words[2])));
        }
    }
}
