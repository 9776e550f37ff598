using System.Text.Json;

namespace Fairlead.Sweeps.Searching;

/// <summary>A trial that is worth making.</summary>
internal sealed record Proposal(IReadOnlyDictionary<string, JsonElement> Values)
{
    public int? Bracket { get; init; }

    public int? Rung { get; init; }

    public double? Budget { get; init; }

    /// <summary>Number of the trial with the same values in the round before.</summary>
    public int? From { get; init; }
}
