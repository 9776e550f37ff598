using System.Text;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Rebuilding;

/// <summary>Where files of separated values differ; the first record holds the names of the columns.</summary>
internal static class SeparatedRows
{
    private const int LongestRecord = 16 << 20;

    /// <exception cref="InvalidDataException">A record is too long to be one.</exception>
    public static DifferingRow Find(string recorded, string rebuilt, char separator, CancellationToken cancellationToken)
    {
        using var left = new StreamReader(recorded);
        using var right = new StreamReader(rebuilt);
        var names = Read(left, separator) ?? [];
        if (Difference(null, names, names, Read(right, separator)) is { } header)
            return header;
        for (var row = 1L; ; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<string>? then = Read(left, separator), now = Read(right, separator);
            if (then is null && now is null)
                return new DifferingRow(null, null, null, null);
            if (Difference(row, names, then, now) is { } difference)
                return difference;
        }
    }

    private static DifferingRow? Difference(long? row, IReadOnlyList<string> names, IReadOnlyList<string>? then, IReadOnlyList<string>? now)
    {
        if (then is null || now is null)
            return then is null && now is null ? null : new DifferingRow(row, null, Join(then), Join(now));
        for (var i = 0; i < Math.Max(then.Count, now.Count); i++)
        {
            string? before = i < then.Count ? then[i] : null, after = i < now.Count ? now[i] : null;
            if (before != after)
                return new DifferingRow(row, i < names.Count ? names[i] : $"column {i + 1}", before, after);
        }

        return null;
    }

    private static string? Join(IReadOnlyList<string>? fields) => fields is null ? null : string.Join(',', fields);

    /// <summary>One record, which may span lines within quotes; null at the end.</summary>
    private static List<string>? Read(StreamReader reader, char separator)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var inQuotes = false;
        for (var length = 0; ; length++)
        {
            if (length > LongestRecord)
                throw new InvalidDataException("A record is too long.");
            var next = reader.Read();
            if (next < 0 && fields.Count == 0 && length == 0)
                return null;
            if (next < 0 || (!inQuotes && next == '\n'))
            {
                fields.Add(field.ToString().TrimEnd('\r'));
                return fields;
            }

            if (inQuotes && next == '"' && reader.Peek() == '"')
                field.Append((char)reader.Read());
            else if (next == '"' && (inQuotes || field.Length == 0))
                inQuotes = !inQuotes;
            else if (!inQuotes && next == separator)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append((char)next);
        }
    }
}
