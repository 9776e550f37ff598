using Fairlead.Steps.Execution;
using Fairlead.Steps.Execution.Limits;
using Fairlead.Steps.Execution.Sandboxes;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Shells;

/// <summary>A step's sandbox, prepared for somebody to work in. When it is disposed of, everything in it is ended and its folder is gone; nothing is recorded.</summary>
public sealed class StepShell : IAsyncDisposable
{
    private readonly WorkFolder folder;
    private readonly StepLimits limits;
    private readonly SandboxedCommand sandboxed;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    internal StepShell(PreparedShell prepared, WorkFolder folder, StepLimits limits, SandboxedCommand sandboxed, TimeProvider time, ILogger logger) =>
        (Prepared, this.folder, this.limits, this.sandboxed, this.time, this.logger) = (prepared, folder, limits, sandboxed, time, logger);

    public PreparedShell Prepared { get; }

    public async ValueTask DisposeAsync()
    {
        if (sandboxed.End is { } end)
            await end();
        // Without a sandbox they are found by what their environment says.
        await ProcessTree.EndOrphansAsync(folder.Root, time);
        limits.Dispose();
        FolderRemoval.TryRemove(folder.Root, logger);
    }
}
