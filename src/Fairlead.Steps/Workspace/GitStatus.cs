using System.Text;

namespace Fairlead.Steps.Workspace;

/// <summary>What <c>git status --porcelain=v2 --branch -z</c> said.</summary>
/// <param name="Commit">Null before the first commit.</param>
/// <param name="Branch">Null when HEAD is detached.</param>
/// <param name="ChangedPaths">Changed, conflicting and untracked paths, relative to the repository's top.</param>
internal sealed record GitStatus(string? Commit, string? Branch, IReadOnlyList<string> ChangedPaths)
{
    private const string CommitHeader = "# branch.oid ";
    private const string BranchHeader = "# branch.head ";

    public static IReadOnlyList<string> Arguments { get; } =
    [
        "-c", "core.fsmonitor=false", "status", "--porcelain=v2", "--branch", "--no-ahead-behind",
        "--no-renames", "--untracked-files=all", "-z",
    ];

    public static GitStatus Parse(ReadOnlySpan<byte> output)
    {
        string? commit = null;
        string? branch = null;
        var changed = new List<string>();
        foreach (var line in Encoding.UTF8.GetString(output).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith(CommitHeader, StringComparison.Ordinal))
                commit = Unless("(initial)", line[CommitHeader.Length..]);
            else if (line.StartsWith(BranchHeader, StringComparison.Ordinal))
                branch = Unless("(detached)", line[BranchHeader.Length..]);
            else if (PathOf(line) is { } path)
                changed.Add(path);
        }

        return new GitStatus(commit, branch, changed);
    }

    private static string? Unless(string placeholder, string value) => value == placeholder ? null : value;

    /// <summary>The path is the last field; the number of fields before it depends on the kind of line.</summary>
    private static string? PathOf(string line) => line[0] switch
    {
        '1' => line.Split(' ', 9)[8],
        'u' => line.Split(' ', 11)[10],
        '?' => line[2..],
        _ => null,
    };
}
