using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>What a worker and what is around it say on standard error: the number of its process where it has a sandbox, and why it ended.</summary>
internal sealed partial class WorkerErrors
{
    private const int LongestLine = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly TaskCompletionSource<int>? number;
    private volatile string? last;
    private volatile bool tellOfMemory;

    public WorkerErrors(Process process, bool isSandboxed)
    {
        number = isSandboxed ? new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>The number of the process in the sandbox, which is told before it begins; null where there is none.</summary>
    public int? ProcessId => number is not null && number.Task.Wait(Patience) ? number.Task.Result : null;

    /// <summary>The last line.</summary>
    public string? Last => last;

    /// <summary>The runtime says that it got no more memory.</summary>
    public bool TellOfMemory => tellOfMemory;

    private void Take(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        if (number is { Task.IsCompleted: false })
        {
            if (ChildPid().Match(line) is { Success: true } match)
                number.TrySetResult(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        }

        tellOfMemory |= line.Contains("memory", StringComparison.OrdinalIgnoreCase) || line.Contains("bad_alloc", StringComparison.Ordinal);
        last = line.Length > LongestLine ? line[..LongestLine] : line;
    }

    [GeneratedRegex("\"child-pid\": ?([0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex ChildPid();
}
