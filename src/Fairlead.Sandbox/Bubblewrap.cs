using System.ComponentModel;
using System.Diagnostics;

namespace Fairlead.Sandbox;

/// <summary>Finds out whether this machine has bubblewrap and lets it work.</summary>
public static class Bubblewrap
{
    public const string Program = "bwrap";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Tries what the isolation asks for: some machines allow namespaces of processes and none of networks.</summary>
    public static async Task<BubblewrapFinding> FindAsync(SandboxIsolation isolation, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            return BubblewrapFinding.None("namespaces need Linux");
        var (code, version) = await AskAsync([Program, "--version"], time, cancellationToken).ConfigureAwait(false);
        if (code is null)
            return BubblewrapFinding.None(version);
        var trial = new SandboxCommand(isolation with { InfoDescriptor = null, IsFirstProcess = false }).Start("/");
        var (result, told) = await AskAsync([.. trial, "/bin/true"], time, cancellationToken).ConfigureAwait(false);
        return result == 0
            ? new BubblewrapFinding(version.Split(' ')[^1], null)
            : BubblewrapFinding.None(result is null ? told : $"'{Program}' does not work on this machine: {told}");
    }

    /// <summary>Exit code and what it printed; no code, and why, when it did not run.</summary>
    private static async Task<(int? Code, string Text)> AskAsync(IReadOnlyList<string> command, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(either.Token);
                var error = await process.StandardError.ReadToEndAsync(either.Token).ConfigureAwait(false);
                await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
                return (process.ExitCode, (await output.ConfigureAwait(false) + error).Trim());
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                cancellationToken.ThrowIfCancellationRequested();
                return (null, $"'{Program}' does not answer on this machine");
            }
        }
        catch (Win32Exception)
        {
            return (null, $"'{Program}' is not installed; install bubblewrap");
        }
    }
}
