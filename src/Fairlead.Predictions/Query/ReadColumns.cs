using System.Text.RegularExpressions;

namespace Fairlead.Predictions.Query;

/// <summary>Which columns of a table a statement may read, told by what stands in it: rather one too many than one too few.</summary>
/// <param name="isNarrow">The statement names each column that it reads; else it may read all.</param>
internal sealed class ReadColumns(string sql, bool isNarrow)
{
    private readonly Dictionary<string, bool> whole = new(StringComparer.Ordinal);

    /// <summary>True when one of them may be read.</summary>
    public bool Contains(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            if (!isNarrow || sql.Contains(column, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>True when a member of a struct may be read: it is named, or the struct is as a whole.</summary>
    public bool ContainsMember(string column, string member) => !isNarrow || IsWhole(column) || sql.Contains(member.Replace("\"", "\"\"", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the column stands somewhere without a dot after it.</summary>
    private bool IsWhole(string column)
    {
        if (!whole.TryGetValue(column, out var known))
            whole[column] = known = Regex.IsMatch(sql, $"""\b{column}\b(?!"?\s*\.)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return known;
    }
}
