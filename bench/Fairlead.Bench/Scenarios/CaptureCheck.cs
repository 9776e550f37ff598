using Fairlead.Bench.Load;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Scenarios;

/// <summary>Makes sure that whatever was answered was recorded: the numbers would else be those of another program.</summary>
internal sealed class CaptureCheck
{
    private readonly Workspace workspace;
    private readonly long before;

    private CaptureCheck(Workspace workspace, long before)
    {
        this.workspace = workspace;
        this.before = before;
    }

    public static async Task<CaptureCheck> BeginAsync(Workspace workspace, CancellationToken cancellationToken) =>
        new(workspace, (await workspace.CountersAsync(cancellationToken)).Captured);

    public Task EndAsync(IEnumerable<LoadResult> results, CancellationToken cancellationToken) => EndAsync(results.Sum(result => result.Requests), cancellationToken);

    /// <exception cref="BenchException">Less was captured than was answered.</exception>
    public async Task EndAsync(long answered, CancellationToken cancellationToken)
    {
        var after = await workspace.CountersAsync(cancellationToken);
        if (after.CaptureLost > 0 || after.Captured - before < answered)
            throw new BenchException($"Of {answered} answers {after.Captured - before} were captured and {after.CaptureLost} lost.");
    }
}
