using System.ComponentModel;
using System.Diagnostics;
using Fairlead.Domain.Problems;

namespace Fairlead.Steps.Workspace;

/// <summary>Runs the <c>git</c> program, without a shell, without taking locks, and in English.</summary>
internal static class GitCommand
{
    // A hook sets these for its own repository; here the folder alone decides.
    private static readonly string[] Overrides = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE"];

    public static async Task<GitOutput> RunAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(folder, arguments);
        process.StandardInput.Close();
        try
        {
            using var output = new MemoryStream();
            var copying = process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await Task.WhenAll(copying, error);
            await process.WaitForExitAsync(cancellationToken);
            return new GitOutput(process.ExitCode, output.ToArray(), (await error).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static Process Start(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in Overrides)
            start.Environment.Remove(name);
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_LITERAL_PATHSPECS"] = "1";
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e) when (Directory.Exists(folder))
        {
            throw new FairleadException(ProblemKind.Invalid, "The program 'git' cannot be started; install it, for example with `apt-get install git`.", e);
        }
    }
}
