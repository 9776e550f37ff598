using Fairlead.Bench.Processes;

namespace Fairlead.Bench.Workspaces;

/// <summary>A folder as a git repository of its own.</summary>
internal sealed class GitFolder(string folder)
{
    /// <summary>A branch whose commits begin nothing.</summary>
    public const string Quiet = "bench";

    /// <summary>The branch whose commits go to production.</summary>
    public const string Main = "main";

    public Task InitAsync(string branch, CancellationToken cancellationToken) => RunAsync(["init", "-q", "-b", branch], cancellationToken);

    /// <summary>Commits whatever lies there.</summary>
    public async Task CommitAsync(string message, CancellationToken cancellationToken)
    {
        await RunAsync(["add", "-A"], cancellationToken);
        await RunAsync(["-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "-q", "-m", message], cancellationToken);
    }

    private Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Command.RunAsync("git", arguments, folder, Workspace.NoVariables, cancellationToken);
}
