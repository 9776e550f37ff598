using System.Diagnostics;

namespace Fairlead.Bench.Processes;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <summary>What the program wrote to standard output.</summary>
    /// <exception cref="BenchException">The program is missing, or did not exit with 0; the message holds what it wrote to standard error.</exception>
    public static async Task<string> RunAsync(
        string program, IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, folder, variables);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode == 0)
                return await output;
            throw new BenchException($"'{Path.GetFileName(program)} {string.Join(' ', arguments)}' ended with {process.ExitCode}: {(await error).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    public static Process Start(string program, IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start) ?? throw new BenchException($"'{program}' could not be started.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BenchException($"'{program}' could not be started: {e.Message}.");
        }
    }
}
