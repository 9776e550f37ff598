using Fairlead.Domain.Problems;

namespace Fairlead.Triggers.Git;

/// <summary>
/// The project's own repository. Git changes a branch by renaming a file, so that the times of the folders tell of it; looking at those costs no process,
/// and every half minute the repository is read whatever they say.
/// </summary>
internal sealed class LocalRepository(string root, GitProgram git, TimeProvider time) : IGitRepository
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Certainty = TimeSpan.FromSeconds(30);
    private static readonly EnumerationOptions Folders = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
    private string? common;
    private long? listedAt;
    private int? seen;

    public string Folder => root;

    public bool MayHaveChanged() => Look() != seen || listedAt is not { } listed || time.GetElapsedTime(listed) >= Certainty;

    public async Task<IReadOnlyDictionary<string, string>> ListAsync(CancellationToken cancellationToken)
    {
        if (common is null)
        {
            var found = await git.RunAsync(root, ["rev-parse", "--git-common-dir"], null, null, Limit, cancellationToken).ConfigureAwait(false);
            if (found.ExitCode != 0)
                throw FairleadException.Unavailable($"git refuses the repository of '{root}': {found.Error}");
            common = Path.GetFullPath(found.Output.TrimEnd('\n'), root);
        }

        // Before the listing: what changes during it is seen by the next look.
        (seen, listedAt) = (Look(), time.GetTimestamp());
        var listing = await git.RunAsync(root, ["for-each-ref", "--format=%(objectname) %(objecttype) %(*objectname) %(*objecttype) %(refname)", "refs/heads", "refs/tags"], null, null, Limit, cancellationToken).ConfigureAwait(false);
        if (listing.ExitCode != 0)
            throw FairleadException.Unavailable($"git cannot list the branches of '{root}': {listing.Error}");
        var refs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in listing.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', 5);
            if (parts[1] == "commit")
                refs[parts[4]] = parts[0];
            else if (parts[3] == "commit")
                refs[parts[4]] = parts[2];
        }

        return refs;
    }

    public Task FetchAsync(IReadOnlyList<string> refs, CancellationToken cancellationToken) => Task.CompletedTask;

    private int? Look()
    {
        if (common is null)
            return null;
        var hash = new HashCode();
        Add(ref hash, new FileInfo(Path.Combine(common, "packed-refs")));
        foreach (var folder in new[] { "refs", "reftable" }.Select(name => new DirectoryInfo(Path.Combine(common, name))).Where(folder => folder.Exists))
        {
            hash.Add(folder.LastWriteTimeUtc);
            foreach (var inner in folder.EnumerateDirectories("*", Folders))
                hash.Add(inner.LastWriteTimeUtc);
        }

        return hash.ToHashCode();
    }

    private static void Add(ref HashCode hash, FileInfo file)
    {
        if (!file.Exists)
            return;
        hash.Add(file.LastWriteTimeUtc);
        hash.Add(file.Length);
    }
}
