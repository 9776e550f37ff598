namespace Fairlead.Domain.Datasets;

/// <summary>Something that was expected of a dataset and is not so.</summary>
/// <param name="Condition">As in the project file.</param>
/// <param name="Message">A sentence.</param>
public sealed record DatasetFailure(string Condition, string Message)
{
    /// <summary>How many rows there are that do not meet it.</summary>
    public long? Rows { get; init; }

    /// <summary>Of <see cref="Examples"/>.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The first of those rows; null is a missing value.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Examples { get; init; } = [];
}
