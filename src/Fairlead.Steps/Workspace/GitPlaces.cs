using System.Text;
using Fairlead.Domain.Problems;

namespace Fairlead.Steps.Workspace;

/// <summary>Where a repository keeps what decides its state.</summary>
/// <param name="Top">Folder of the work tree.</param>
/// <param name="Files">Absolute paths, of which some need not exist: HEAD and what it leads to, the index, what is ignored, the settings.</param>
internal sealed record GitPlaces(string Top, IReadOnlyList<string> Files)
{
    private const string Reference = "ref: ";

    /// <exception cref="FairleadException">Invalid: the folder is in no repository, or git refuses it.</exception>
    public static async Task<GitPlaces> FindAsync(string root, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(root))
            throw FairleadException.Invalid($"There is no folder '{root}'; create it, or start in the folder of a project.");
        var found = await GitCommand.RunAsync(root, ["rev-parse", "--path-format=absolute", "--show-toplevel", "--git-dir", "--git-common-dir"], cancellationToken);
        var lines = Encoding.UTF8.GetString(found.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (found.ExitCode != 0 || lines.Length != 3)
        {
            throw found.Error.Contains("not a git repository", StringComparison.Ordinal)
                ? FairleadException.Invalid($"'{root}' is in no git repository; run `git init` there and commit the project first.")
                : FairleadException.Invalid($"git refuses the repository of '{root}': {found.Error}");
        }

        var (top, own, common) = (lines[0], lines[1], lines[2]);
        var head = Path.Combine(own, "HEAD");
        List<string> files =
        [
            head,
            Path.Combine(own, "index"),
            Path.Combine(common, "packed-refs"),
            Path.Combine(common, "reftable", "tables.list"),
            Path.Combine(common, "config"),
            Path.Combine(own, "config.worktree"),
            Path.Combine(common, "info", "exclude"),
            .. await SettingsAsync(root, cancellationToken),
        ];
        if (File.Exists(head) && await File.ReadAllTextAsync(head, cancellationToken) is var text && text.StartsWith(Reference, StringComparison.Ordinal))
            files.Add(Path.Combine(common, text[Reference.Length..].Trim()));
        return new GitPlaces(top, files);
    }

    /// <summary>The files that settings of the user and of the machine come from, and the list of what is ignored everywhere.</summary>
    private static async Task<IEnumerable<string>> SettingsAsync(string root, CancellationToken cancellationToken)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var settings = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } folder ? folder : Path.Combine(home, ".config");
        var excludes = await GitCommand.RunAsync(root, ["config", "--get", "--path", "core.excludesFile"], cancellationToken);
        string[] files = ["/etc/gitconfig", Path.Combine(home, ".gitconfig"), Path.Combine(settings, "git", "config"), Path.Combine(settings, "git", "ignore")];
        return excludes.ExitCode == 0 ? files.Append(Path.GetFullPath(Encoding.UTF8.GetString(excludes.Output).TrimEnd('\n'), root)) : files;
    }
}
