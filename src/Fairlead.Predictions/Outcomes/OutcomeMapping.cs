namespace Fairlead.Predictions.Outcomes;

/// <summary>Which columns of a file say what; names are told apart without case.</summary>
public sealed record OutcomeMapping
{
    /// <summary>Holds prediction ids; without it <c>prediction</c>, <c>prediction_id</c> or <c>id</c>. Not where there is a <see cref="Service"/>.</summary>
    public string? IdColumn { get; init; }

    /// <summary>Holds units of the <see cref="Service"/>; without it <c>unit</c>.</summary>
    public string? UnitColumn { get; init; }

    /// <summary>Holds when each became true; without it <c>time</c>, if there is one.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Become the fields of the outcome; all others when empty.</summary>
    public IReadOnlyList<string> ValueColumns { get; init; } = [];

    /// <summary>Values that are texts, also where most of them look like numbers.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>Whose units the file names; null for prediction ids.</summary>
    public string? Service { get; init; }

    /// <summary>Null for every environment.</summary>
    public string? Environment { get; init; }

    /// <summary>Rows that cannot be taken are left out and reported; otherwise one such row refuses the file.</summary>
    public bool SkipBad { get; init; }
}
