using System.Text;
using Fairlead.Steps.Workspace;

namespace Fairlead.Steps.Rebuilding;

/// <summary>Checks a commit out into a folder of its own, without touching the repository that it comes from.</summary>
internal static class CommitCheckout
{
    /// <summary>Checks out.</summary>
    /// <param name="root">The project's folder in its repository.</param>
    /// <param name="commit">Full object name.</param>
    /// <param name="folder">Does not exist yet.</param>
    /// <param name="repository">Where the commit is; null for the project's repository.</param>
    /// <returns>The project's folder in the checkout, or null when the repository has no such commit any more.</returns>
    public static async Task<string?> TryCreateAsync(string root, string commit, string folder, CancellationToken cancellationToken, string? repository = null)
    {
        repository ??= root;
        if (await AskAsync(repository, ["rev-parse", "--git-path", "objects"], cancellationToken) is not { } objects
            || await AskAsync(repository, ["rev-parse", "--show-object-format"], cancellationToken) is not { } format
            || await AskAsync(root, ["rev-parse", "--show-prefix"], cancellationToken) is not { } prefix)
            return null;
        Directory.CreateDirectory(folder);
        if (await AskAsync(folder, ["init", "-q", "--template=", $"--object-format={format}"], cancellationToken) is null)
            return null;
        // The objects of the one are read by the other: nothing is copied, and a commit that no branch holds any more is found as well.
        var alternates = Path.Combine(folder, ".git", "objects", "info", "alternates");
        Directory.CreateDirectory(Path.GetDirectoryName(alternates)!);
        await File.WriteAllTextAsync(alternates, Path.GetFullPath(objects, repository) + "\n", cancellationToken);
        // No hook of the user's may run here.
        var isThere = await AskAsync(folder, ["-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false", "checkout", "-q", "--detach", commit], cancellationToken) is not null;
        return isThere ? Path.TrimEndingDirectorySeparator(Path.Combine(folder, prefix)) : null;
    }

    private static async Task<string?> AskAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        var answer = await GitCommand.RunAsync(folder, arguments, cancellationToken);
        return answer.ExitCode == 0 ? Encoding.UTF8.GetString(answer.Output).TrimEnd('\n') : null;
    }
}
