namespace Fairlead.Domain.Datasets;

/// <summary>What is in a dataset version.</summary>
public sealed record DatasetProfile
{
    public required DatasetFormat Format { get; init; }

    public required long Files { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Null when the files hold no rows, or they could not be read.</summary>
    public long? Rows { get; init; }

    public IReadOnlyList<ColumnProfile> Columns { get; init; } = [];

    /// <summary>A sentence about what is not there, and why.</summary>
    public string? Note { get; init; }
}
