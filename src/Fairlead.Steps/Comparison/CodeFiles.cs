using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;
using Fairlead.Steps.Rebuilding;

namespace Fairlead.Steps.Comparison;

/// <summary>The files that runs took from the project, read from the trees that their keys name.</summary>
internal sealed class CodeFiles(IArtifactStore store)
{
    /// <summary>Digest of each file, by its path in the project; a path that the store has no tree of any more stands for itself, with the digest of the tree.</summary>
    public async Task<Dictionary<string, string>> OfAsync(Run run, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, tree) in RecordedStep.Named(run, KeyParts.CodePrefix))
        {
            foreach (var (file, digest) in await ReadAsync(path, tree, cancellationToken))
                files[file] = digest;
        }

        return files;
    }

    /// <summary>What differs between two trees of one path, a word and a file each.</summary>
    public async Task<IReadOnlyList<string>> ChangesAsync(string path, string? before, string? now, CancellationToken cancellationToken)
    {
        var (left, right) = (await ReadAsync(path, before, cancellationToken), await ReadAsync(path, now, cancellationToken));
        return
        [
            .. left.Keys.Union(right.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(file => left.GetValueOrDefault(file) != right.GetValueOrDefault(file))
                .Select(file => $"{(!left.ContainsKey(file) ? "added" : right.ContainsKey(file) ? "changed" : "removed")} {file}"),
        ];
    }

    private async Task<Dictionary<string, string>> ReadAsync(string path, string? tree, CancellationToken cancellationToken)
    {
        if (tree is null)
            return [];
        try
        {
            // The mode belongs to a file as its bytes do.
            return (await store.ReadTreeAsync(Digest.Parse(tree), cancellationToken))
                .ToDictionary(entry => entry.Path, entry => entry.Executable ? $"{entry.Digest} executable" : entry.Digest.ToString(), StringComparer.Ordinal);
        }
        catch (FairleadException)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal) { [path] = tree };
        }
    }
}
