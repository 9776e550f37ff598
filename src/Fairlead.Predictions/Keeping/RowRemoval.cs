using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Keeping;

/// <summary>Finds rows that shall go, and rewrites the files that hold them without them. It works on one thread and changes nothing that is listed.</summary>
internal sealed class RowRemoval(FileRewriter rewriter, DuckDbConnection connection, string work, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, bool> whole = new(StringComparer.Ordinal);

    /// <summary>Files that could not be searched, since their bytes are not those that were written.</summary>
    public IEnumerable<string> Unreadable => whole.Where(file => !file.Value).Select(file => file.Key);

    /// <summary>Whether the bytes are those that were written; looked at once.</summary>
    public bool IsWhole(CompactedFile file)
    {
        if (!whole.TryGetValue(file.Path, out var known))
            whole[file.Path] = known = rewriter.IsWhole(file);
        return known;
    }

    /// <summary>How many rows of a file a condition holds for; 0 for a file that cannot be read.</summary>
    public long Count(CompactedFile file, string condition)
    {
        if (!IsWhole(file))
            return 0;
        using var result = connection.Query($"SELECT count(*) FROM {rewriter.Read([file])} WHERE {condition}", cancellationToken);
        return result.Read(cancellationToken) ? (long)result.Value(0)! : 0;
    }

    /// <summary>Rewrites a file without the rows that a condition holds for; null when there is none.</summary>
    public ThinnedFile? Thin(CompactedFile file, string condition)
    {
        var removed = Count(file, condition);
        return removed == 0 ? null : new ThinnedFile(file, rewriter.Without(connection, file, condition, removed, work, cancellationToken), removed);
    }
}
