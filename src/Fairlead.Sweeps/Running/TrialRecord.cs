using System.Text.Json;
using Fairlead.Domain.Runs;

namespace Fairlead.Sweeps.Running;

/// <summary>Some values of the parameters, and what came of them.</summary>
public sealed record TrialRecord
{
    /// <summary>From 1, within its sweep, in the order in which they were thought of.</summary>
    public required int Number { get; init; }

    /// <summary>The parameters by the names of the order, the budget among them.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    /// <summary>From 0; null when the search knows no brackets.</summary>
    public int? Bracket { get; init; }

    /// <summary>Which round of its bracket, from 0.</summary>
    public int? Rung { get; init; }

    /// <summary>How much it may spend.</summary>
    public double? Budget { get; init; }

    /// <summary>The trial with the same values in the round before.</summary>
    public int? From { get; init; }

    public TrialStatus Status { get; init; }

    /// <summary>Of the objective, when it succeeded.</summary>
    public double? Value { get; init; }

    /// <summary>One sentence, when it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The run of the tried step.</summary>
    public RunId? Run { get; init; }

    /// <summary>The run that measured the objective.</summary>
    public RunId? Measured { get; init; }

    /// <summary>True when recorded runs stood for all its steps.</summary>
    public bool IsReused { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public double Seconds { get; init; }
}
