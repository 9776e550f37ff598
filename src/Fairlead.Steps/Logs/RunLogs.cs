using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Execution;

namespace Fairlead.Steps.Logs;

/// <summary>What a run printed, also while it runs.</summary>
public sealed class RunLogs(StateFolder state, IRunCatalog runs, IArtifactStore store, TimeProvider time)
{
    private const int Block = 64 << 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Copies the log.</summary>
    /// <param name="lines">Begins with so many lines from the end; null for all.</param>
    /// <param name="follow">Goes on until the run has ended.</param>
    /// <exception cref="FairleadException">NotFound: no such run, or it has no log.</exception>
    public async Task CopyAsync(RunId id, int? lines, bool follow, Stream target, CancellationToken cancellationToken)
    {
        var run = await RequireAsync(id, cancellationToken);
        if (run.Status == RunStatus.Running && await OpenAsync(id, follow, cancellationToken) is { } open)
        {
            await using (open)
            {
                open.Position = StartOf(open, lines);
                await CopyWhileRunningAsync(id, open, follow, target, cancellationToken);
            }

            return;
        }

        run = await RequireAsync(id, cancellationToken);
        if (run.Status == RunStatus.Running)
            return;
        var log = run.Log ?? throw FairleadException.NotFound($"The run '{id}' has no log: it is {run.Status.ToString().ToLowerInvariant()}.");
        var content = new MemoryStream(await store.ReadAsync(log.Digest, cancellationToken), writable: false);
        content.Position = StartOf(content, lines);
        await content.CopyToAsync(target, cancellationToken);
    }

    private async Task CopyWhileRunningAsync(RunId id, FileStream log, bool follow, Stream target, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Asked before the rest is read: what is written until the run ends is in the file by then.
            var isRunning = (await RequireAsync(id, cancellationToken)).Status == RunStatus.Running;
            await log.CopyToAsync(target, cancellationToken);
            await target.FlushAsync(cancellationToken);
            if (!follow || !isRunning)
                return;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>The log of a run that runs; null when it ended meanwhile, or when it has none yet and nobody wants to wait for it.</summary>
    private async Task<FileStream?> OpenAsync(RunId id, bool wait, CancellationToken cancellationToken)
    {
        var path = WorkFolder.LogOf(state, id);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, Block, useAsync: false);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                if (!wait || (await RequireAsync(id, cancellationToken)).Status != RunStatus.Running)
                    return null;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<Run> RequireAsync(RunId id, CancellationToken cancellationToken) =>
        await runs.FindAsync(id, cancellationToken) ?? throw FairleadException.NotFound($"There is no run '{id}'; list them with 'fairlead runs'.");

    /// <summary>Where the last lines begin, looked for from the end.</summary>
    private static long StartOf(Stream log, int? lines)
    {
        if (lines is not { } wanted)
            return 0;
        var buffer = new byte[Block];
        var (end, ends) = (log.Length, 0);
        for (var begin = end; begin > 0;)
        {
            var size = (int)Math.Min(Block, begin);
            begin -= size;
            log.Position = begin;
            log.ReadExactly(buffer, 0, size);
            for (var index = size - 1; index >= 0; index--)
            {
                // A line feed at the very end ends the last line, and begins none.
                if (buffer[index] == '\n' && begin + index < end - 1 && ++ends == wanted)
                    return begin + index + 1;
            }
        }

        return wanted == 0 ? end : 0;
    }
}
