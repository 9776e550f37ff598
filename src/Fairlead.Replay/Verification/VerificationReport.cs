using System.Text.Json.Serialization;

namespace Fairlead.Replay.Verification;

/// <summary>Predictions of one service in one environment that were verified together.</summary>
public sealed record VerificationReport
{
    /// <summary>From 1; 0 before it is stored.</summary>
    public int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who asked for it; <c>fairlead</c> for the nightly one.</summary>
    public required string By { get; init; }

    public required string Service { get; init; }

    public required string Environment { get; init; }

    /// <summary>The range that a sample was drawn from; null for a single prediction.</summary>
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public required int Checked { get; init; }

    public required int Identical { get; init; }

    public required int Rounding { get; init; }

    public required int Different { get; init; }

    public required int Impossible { get; init; }

    /// <summary>Of the impossible ones those whose model is damaged in the store.</summary>
    public int Damaged { get; init; }

    /// <summary>How often each reason was given.</summary>
    public required IReadOnlyDictionary<string, int> Reasons { get; init; }

    /// <summary>The prediction, or those of a sample that are not identical: the worst first, 100 at most.</summary>
    public required IReadOnlyList<VerifiedPrediction> Verifications { get; init; }

    /// <summary>True when somebody should look: an answer differs, or a model is damaged.</summary>
    [JsonIgnore]
    public bool IsAlarming => Different + Damaged > 0;

    /// <summary>For alerts and gates: <c>verify.checked</c>, <c>verify.mismatches</c>, <c>verify.rounding</c>, <c>verify.impossible</c>, <c>verify.damaged</c>.</summary>
    public IReadOnlyDictionary<string, double> ToMetrics() => new Dictionary<string, double>
    {
        ["verify.checked"] = Checked,
        ["verify.mismatches"] = Different,
        ["verify.rounding"] = Rounding,
        ["verify.impossible"] = Impossible,
        ["verify.damaged"] = Damaged,
    };
}
