namespace Fairlead.Predictions.Query;

/// <summary>A query with a name.</summary>
public sealed record SavedQuery
{
    /// <summary>Letters, digits, hyphens and underscores.</summary>
    public required string Name { get; init; }

    public required string Sql { get; init; }

    /// <summary>What it answers, for people.</summary>
    public string? Description { get; init; }

    /// <summary>Names of its parameters without <c>$</c>, in the order in which they come.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    public required string SavedBy { get; init; }

    public required DateTimeOffset SavedAt { get; init; }
}
