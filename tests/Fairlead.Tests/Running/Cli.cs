using System.Diagnostics;

namespace Fairlead.Tests.Running;

/// <summary>Runs the real program as a user would, in a folder.</summary>
internal static class Cli
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "fairlead.dll");

    public static Task<CliResult> RunAsync(string folder, params string[] arguments) => RunAsync(folder, null, arguments);

    public static Task<CliResult> RunAsync(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        RunWithInputAsync(folder, environment, "", arguments);

    public static async Task<CliResult> RunWithInputAsync(string folder, IReadOnlyDictionary<string, string>? environment, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["FAIRLEAD_USER"] = "tester";
        start.Environment.Remove("FAIRLEAD_TOKEN");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'fairlead {string.Join(' ', arguments)}' did not end within {Limit}.");
        }

        return new CliResult(process.ExitCode, await output, await errors);
    }
}
