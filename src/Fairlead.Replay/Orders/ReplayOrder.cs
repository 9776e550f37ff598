using Fairlead.Domain.Services;

namespace Fairlead.Replay.Orders;

/// <summary>What is to be replayed, through what, and how it is judged.</summary>
public sealed record ReplayOrder
{
    /// <summary>Whose recorded predictions are scored again.</summary>
    public required string Service { get; init; }

    /// <summary>The environment whose live predictions they are.</summary>
    public required string From { get; init; }

    /// <summary>Predictions from this time on, inclusive.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Exclusive; null means now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>A condition in SQL over the columns of <c>predictions</c>; null takes all.</summary>
    public string? Where { get; init; }

    /// <summary>Predictions at most, drawn evenly from the range by a hash of their ids; null means all.</summary>
    public long? Limit { get; init; }

    /// <summary>Share of the predictions, 0 to 1, drawn in the same way; null means all.</summary>
    public double? Sample { get; init; }

    /// <summary>What scores them: a model version, a run, a release or a server group; null means the newest release.</summary>
    public string? Target { get; init; }

    /// <summary>The environment whose configuration a release is given, as a deployment to it would; null means that of the predictions. A server group keeps its own.</summary>
    public string? Environment { get; init; }

    /// <summary>For a chain: the SQL that stands for that of a stage, by the stage's number from 1.</summary>
    public IReadOnlyDictionary<int, string>? Transforms { get; init; }

    /// <summary>Inputs, or expressions in SQL over a prediction, whose values divide the report into segments.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>An expression over <c>output</c> that is judged, such as <c>output.late</c>; null takes what the project file says, or the only number.</summary>
    public string? Score { get; init; }

    /// <summary>An expression over <c>outcome</c> that says what was true; null takes what the project file says, or the field of the score's name.</summary>
    public string? Label { get; init; }

    /// <summary>Null takes what the project file says, or what the labels look like.</summary>
    public EvaluationTask? Task { get; init; }

    /// <summary>Scores from here on are a yes.</summary>
    public double? Threshold { get; init; }

    /// <summary>Numbers that differ by at most this share of the larger one agree.</summary>
    public double? Tolerance { get; init; }

    /// <summary>True scores each row in a call of its own.</summary>
    public bool IsAlone { get; init; }

    public string? User { get; init; }
}
