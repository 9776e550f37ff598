using System.Globalization;
using System.Text;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Workspace;

/// <summary>The history of the repository, read with the <c>git</c> program.</summary>
/// <param name="root">A folder of the work tree.</param>
public sealed class GitCommitLog(string root) : ICommitLog
{
    private const char Field = '\x1f';
    private const int Fields = 5;

    /// <inheritdoc />
    public async Task<IReadOnlyList<CommitEntry>> ListAsync(string? since, string until, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        string[] names = [Require(until), .. since is null ? [] : new[] { "^" + Require(since) }];
        var format = $"--format=%H%x1f%an%x1f%ae%x1f%cI%x1f%s";
        var output = await GitCommand.RunAsync(root, ["log", "-z", format, $"--max-count={limit}", .. names, "--"], cancellationToken);
        if (output.ExitCode != 0)
            throw FairleadException.NotFound($"The repository does not have the commit '{until}'{(since is null ? "" : $" or '{since}'")}, or not its history: {output.Error}");
        return [.. Encoding.UTF8.GetString(output.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Read)];
    }

    /// <summary>Nothing but a full object name reaches git, which would take much else for an option.</summary>
    private static string Require(string commit) =>
        commit.Length is 40 or 64 && commit.All(char.IsAsciiHexDigit) ? commit : throw FairleadException.NotFound($"'{commit}' is not the full name of a commit; give its 40 or 64 hexadecimal digits.");

    private static CommitEntry Read(string text)
    {
        var fields = text.Trim('\n').Split(Field, Fields);
        return new CommitEntry(fields[0], fields[1], fields[2], DateTimeOffset.Parse(fields[3], CultureInfo.InvariantCulture), fields[4]);
    }
}
