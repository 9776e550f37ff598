namespace Fairlead.Domain.Datasets;

/// <summary>What a <see cref="DatasetOrder"/> came to: one of these.</summary>
public sealed record DatasetAnswer
{
    public DatasetProfile? Profile { get; init; }

    /// <summary>Empty when all is as expected.</summary>
    public IReadOnlyList<DatasetFailure>? Failures { get; init; }

    public DatasetDifference? Difference { get; init; }

    /// <summary>Why there is none: a sentence.</summary>
    public string? Error { get; init; }
}
