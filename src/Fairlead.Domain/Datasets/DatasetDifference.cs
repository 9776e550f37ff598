namespace Fairlead.Domain.Datasets;

/// <summary>How two versions of a dataset differ.</summary>
public sealed record DatasetDifference
{
    /// <summary>Such as <c>rides@1</c>.</summary>
    public string Left { get; init; } = "";

    public string Right { get; init; } = "";

    public long? LeftRows { get; init; }

    public long? RightRows { get; init; }

    /// <summary>In the order of the right version, then what it lacks.</summary>
    public IReadOnlyList<ColumnDifference> Columns { get; init; } = [];

    /// <summary>Null when no key is known.</summary>
    public KeyedDifference? Rows { get; init; }

    /// <summary>A sentence about what could not be compared, and why.</summary>
    public string? Note { get; init; }
}
