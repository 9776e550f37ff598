namespace Fairlead.Domain.Datasets;

/// <summary>What is known of one column of a dataset version. Values are texts as DuckDB writes them, so that dates and large numbers keep every digit.</summary>
public sealed record ColumnProfile
{
    public required string Name { get; init; }

    /// <summary>In SQL, such as <c>SMALLINT</c>.</summary>
    public required string Type { get; init; }

    public required ColumnKind Kind { get; init; }

    /// <summary>Rows without a value.</summary>
    public required long Nulls { get; init; }

    /// <summary>NaN and infinities.</summary>
    public long NotFinite { get; init; }

    /// <summary>Different values; of many rows about so many.</summary>
    public long? Distinct { get; init; }

    public string? Min { get; init; }

    public string? Max { get; init; }

    /// <summary>Of finite numbers.</summary>
    public double? Mean { get; init; }

    /// <summary>Standard deviation of finite numbers.</summary>
    public double? Deviation { get; init; }

    /// <summary>Of numbers and times.</summary>
    public IReadOnlyList<ColumnQuantile> Quantiles { get; init; } = [];

    /// <summary>Of numbers and times.</summary>
    public ColumnHistogram? Histogram { get; init; }

    /// <summary>The most frequent values first, where there are few different ones or they are text.</summary>
    public IReadOnlyList<ColumnValue> Top { get; init; } = [];
}
