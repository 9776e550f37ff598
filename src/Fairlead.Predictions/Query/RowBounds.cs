using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Predictions.Keeping;

namespace Fairlead.Predictions.Query;

/// <summary>Which files of predictions can hold a row that a statement asks for, told by what is known of them without opening any: rather one too many than one too few.</summary>
internal sealed partial class RowBounds
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd"];
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm",
    ];

    private readonly List<HashSet<string>> environments = [];
    private readonly List<HashSet<string>> services = [];
    private readonly List<(DateOnly First, DateOnly Last)> days = [];
    private readonly List<(long First, long Last)> times = [];

    /// <summary>Files of which nothing is demanded.</summary>
    public static RowBounds None { get; } = new();

    /// <param name="parameters">Values of the statement's parameters, by name.</param>
    public static RowBounds Of(IReadOnlyList<RowCondition> conditions, IReadOnlyDictionary<string, object?> parameters)
    {
        var bounds = new RowBounds();
        foreach (var condition in conditions)
        {
            var texts = condition.Operands.Select(operand => condition.IsParameter ? ValueOf(parameters, operand) : operand).ToList();
            if (!texts.Contains(null))
                bounds.Add(condition, [.. texts.Cast<string>()]);
        }

        return bounds;
    }

    /// <summary>Whether the file can hold such a row.</summary>
    public bool MayHold(SnapshotFile file)
    {
        if (!times.TrueForAll(span => file.FirstTime <= span.Last && file.LastTime >= span.First))
            return false;
        if (environments.Count + services.Count + days.Count == 0)
            return true;
        var partition = FilePartition.Of(file.Name);
        return (partition.Day == DateOnly.MinValue || days.TrueForAll(span => span.First <= partition.Day && partition.Day <= span.Last))
            && (partition.Environment is null || environments.TrueForAll(names => names.Contains(partition.Environment)))
            && (partition.Service is null || services.TrueForAll(names => names.Contains(partition.Service)));
    }

    // The database compares a text with a column only after it became of the column's type, as a text that was given for a parameter does.
    private static string? ValueOf(IReadOnlyDictionary<string, object?> parameters, string name) =>
        parameters.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value as string;

    private void Add(RowCondition condition, IReadOnlyList<string> texts)
    {
        switch (condition.Column)
        {
            case RowColumn.Environment or RowColumn.Service when condition is { Comparison: RowComparison.Is, Cast: "" or "VARCHAR" }:
                (condition.Column == RowColumn.Service ? services : environments).Add(texts.ToHashSet(StringComparer.Ordinal));
                break;
            case RowColumn.Date when condition.Cast is "" or "DATE":
                AddSpan(days, condition.Comparison, texts.Select(DayOf).ToList(), DateOnly.MinValue, DateOnly.MaxValue);
                break;
            case RowColumn.Time when condition.Cast is "" or "TIMESTAMP WITH TIME ZONE" or "TIMESTAMP":
                AddSpan(times, condition.Comparison, texts.Select(TimeOf).ToList(), long.MinValue, long.MaxValue);
                break;
            case RowColumn.Time when condition.Cast is "DATE":
                AddSpan(times, condition.Comparison, texts.Select(text => DayOf(text) is null ? null : TimeOf(text)).ToList(), long.MinValue, long.MaxValue);
                break;
        }
    }

    /// <param name="values">Null for what only the database can read.</param>
    private static void AddSpan<T>(List<(T First, T Last)> spans, RowComparison comparison, List<T?> values, T least, T most)
        where T : struct
    {
        if (values.TrueForAll(value => value is not null))
            spans.Add((comparison == RowComparison.AtMost ? least : values.Min()!.Value, comparison == RowComparison.AtLeast ? most : values.Max()!.Value));
    }

    private static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    // Only UTC, in which the database reads a time that says nothing.
    private static long? TimeOf(string text) =>
        DateTime.TryParseExact(Utc().Replace(text, ""), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            : null;

    [GeneratedRegex(@"(?<=:[0-9.]+)(?:Z|\+00(?::00)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Utc();
}
