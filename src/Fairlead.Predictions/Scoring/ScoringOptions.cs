namespace Fairlead.Predictions.Scoring;

/// <summary>How rows reach a scorer.</summary>
public sealed record ScoringOptions
{
    /// <summary>True scores each row in a call of its own, as a command service needs and a verification to the last bit wants.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Calls under way at once for each chunk of rows that are scored alone.</summary>
    public int Parallelism { get; init; } = 1;
}
