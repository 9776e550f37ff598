using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Fairlead.Conformance.Tests.Running;

/// <summary><c>fairlead serve</c> as its users run it.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly Process process;
    private readonly ConcurrentQueue<string> printed = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServeProcess(Process process, int restPort, int rpcPort)
    {
        this.process = process;
        RestPort = restPort;
        RpcPort = rpcPort;
    }

    public int RestPort { get; }

    public int RpcPort { get; }

    public string Printed => string.Join('\n', printed);

    public static ServeProcess Start(string folder, params string[] more)
    {
        var (rest, rpc) = FreePorts();
        var program = Path.Combine(AppContext.BaseDirectory, "fairlead.dll");
        var start = new ProcessStartInfo("dotnet", [program, "serve", folder, "--port", $"{rest}", "--grpc-port", $"{rpc}", .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What it keeps for itself lies where the test can look for it.
        if (Directory.Exists(folder))
            start.Environment["TMPDIR"] = folder;
        start.Environment.Remove("FAIRLEAD_TOKEN");
        var serving = new ServeProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, rest, rpc);
        serving.process.Exited += (_, _) => serving.ready.TrySetResult();
        serving.process.OutputDataReceived += (_, e) => serving.Take(e.Data);
        serving.process.ErrorDataReceived += (_, e) => serving.Take(e.Data);
        serving.process.Start();
        serving.process.BeginOutputReadLine();
        serving.process.BeginErrorReadLine();
        return serving;
    }

    public RestClient Connect() => new(new Uri($"http://localhost:{RestPort}"));

    public async Task WaitUntilReadyAsync()
    {
        await ready.Task.WaitAsync(Limit);
        Assert.False(process.HasExited, Printed);
    }

    /// <summary>SIGTERM, then waits for the end.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", [$"{process.Id}"]))
            await kill.WaitForExitAsync();
        return await WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static (int RestPort, int RpcPort) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        printed.Enqueue(line);
        if (line.StartsWith("REST http", StringComparison.Ordinal))
            ready.TrySetResult();
    }
}
