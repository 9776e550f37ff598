using System.Diagnostics;
using System.Reflection;

namespace Fairlead.Grpc.Tests.Peers;

/// <summary>A program of another language that ends by itself, or when it is disposed.</summary>
internal sealed class PeerProcess : IDisposable
{
    private const string PythonProgram = "/usr/bin/python3";
    private readonly Process process;

    private PeerProcess(string program, IEnumerable<string> arguments, params IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
    }

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Peers");

    public static PeerProcess Python(string stubs, params IEnumerable<string> arguments) =>
        new(PythonProgram, arguments, new("PYTHONPATH", stubs), new("PYTHONDONTWRITEBYTECODE", "1"), new("GRPC_VERBOSITY", "NONE"));

    public static PeerProcess Node(params IEnumerable<string> arguments) =>
        new("node", arguments, new KeyValuePair<string, string>("NODE_PATH", NodeModules));

    /// <summary>Waits for one line.</summary>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException($"The peer ended: {await process.StandardError.ReadToEndAsync(cancellationToken)}");

    /// <summary>Waits for the end; what it printed, or an exception with what it complained of.</summary>
    public async Task<string> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The peer ended with {process.ExitCode}: {output}{await error}");
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static string NodeModules => Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NodeModules").Value!;
}
