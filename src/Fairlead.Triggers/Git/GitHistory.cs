using Fairlead.Domain.Problems;

namespace Fairlead.Triggers.Git;

/// <summary>Reads the history of one repository.</summary>
internal sealed class GitHistory(string folder, GitProgram git)
{
    private const char Separator = '\x1f';
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Commits that can be reached from one and not from others, each after those that it comes from.</summary>
    /// <param name="known">Those that do not exist any more are passed over.</param>
    /// <param name="most">Of more, the newest.</param>
    public async Task<IReadOnlyList<string>> ListNewAsync(string commit, IEnumerable<string> known, int most, CancellationToken cancellationToken)
    {
        var input = string.Concat(known.Distinct(StringComparer.Ordinal).Select(name => $"^{name}\n").Prepend($"{commit}\n"));
        return Lines(await RunAsync(["rev-list", "--ignore-missing", "--topo-order", "--reverse", $"--max-count={most}", "--stdin"], input, cancellationToken).ConfigureAwait(false), '\n');
    }

    /// <summary>In the order that they are asked for.</summary>
    public async Task<IReadOnlyList<GitCommit>> DescribeAsync(IReadOnlyList<string> commits, CancellationToken cancellationToken)
    {
        if (commits.Count == 0)
            return [];
        var output = await RunAsync(["log", "--no-walk=unsorted", "--stdin", "-z", $"--format=%H%x1f%an%x1f%s"], string.Join('\n', commits), cancellationToken).ConfigureAwait(false);
        return [.. Lines(output, '\0').Select(line => line.Split(Separator)).Where(parts => parts.Length >= 3).Select(parts => new GitCommit(parts[0].Trim(), parts[1], parts[2]))];
    }

    /// <summary>Paths that the commits changed, from the top of the repository; those of a merge as it changed the branch that it went into.</summary>
    public async Task<IReadOnlyList<string>> ListChangedAsync(IReadOnlyList<string> commits, CancellationToken cancellationToken) => commits.Count == 0 ? []
        : [.. Lines(await RunAsync(["log", "--no-walk=unsorted", "--stdin", "-z", "--format=", "--name-only", "--no-renames", "--diff-merges=first-parent"], string.Join('\n', commits), cancellationToken).ConfigureAwait(false), '\0')
            .Select(path => path.TrimStart('\n')).Distinct(StringComparer.Ordinal)];

    /// <summary>The folder within the repository, with a slash at its end; empty for the top.</summary>
    public async Task<string> PrefixAsync(CancellationToken cancellationToken) => (await RunAsync(["rev-parse", "--show-prefix"], null, cancellationToken).ConfigureAwait(false)).TrimEnd('\n');

    private static string[] Lines(string output, char separator) => output.Split(separator, StringSplitOptions.RemoveEmptyEntries);

    private async Task<string> RunAsync(string[] arguments, string? input, CancellationToken cancellationToken)
    {
        var answer = await git.RunAsync(folder, arguments, input, null, Limit, cancellationToken).ConfigureAwait(false);
        return answer.ExitCode == 0 ? answer.Output : throw FairleadException.Unavailable($"git cannot read the history in '{folder}': {answer.Error}");
    }
}
