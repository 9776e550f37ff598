using System.Diagnostics;
using System.Reflection;

namespace Fairlead.Conformance.Tests.Running;

/// <summary>Runs a client's script to its end.</summary>
internal static class ClientRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The folder of the protocol's .proto files.</summary>
    public static string Protocols { get; } = Path.Combine(AppContext.BaseDirectory, "Protocols");

    public static string NodeModules { get; } = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == nameof(NodeModules)).Value!;

    /// <summary>Fails with what the script printed when it fails.</summary>
    public static async Task PassesAsync(string program, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, [Path.Combine(AppContext.BaseDirectory, "Clients", script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{await output}\n{await errors}");
        Assert.Contains("ok ", await output, StringComparison.Ordinal);
    }
}
