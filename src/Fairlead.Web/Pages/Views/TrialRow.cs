using Fairlead.Sweeps.Running;

namespace Fairlead.Web.Pages.Views;

/// <summary>A trial in the table of its sweep.</summary>
/// <param name="Values">In the order of the sweep's parameters.</param>
/// <param name="Run">The run of the tried step, or of the one that measured; null when there is none.</param>
/// <param name="Took">How long, or that it was known.</param>
/// <param name="Remark">Why it failed.</param>
public sealed record TrialRow(int Number, IReadOnlyList<string> Values, string Value, StatusView Status, string? Run, string Took, string Remark, bool IsBest)
{
    public static TrialRow Of(SweepRecord sweep, TrialRecord trial) => new(
        trial.Number,
        [.. sweep.Parameters.Select(parameter => trial.Values.TryGetValue(parameter.Label, out var value) ? PageText.Value(value) : "")],
        trial.Value is { } number ? PageText.Number(number) : "–",
        trial.Status switch
        {
            TrialStatus.Succeeded => new StatusView("succeeded", StatusView.Good),
            TrialStatus.Failed => new StatusView("failed", StatusView.Bad),
            _ when sweep.Status == SweepStatus.Running => new StatusView("running", StatusView.Busy),
            _ => new StatusView("not ended", StatusView.Quiet),
        },
        (trial.Run ?? trial.Measured)?.ToString(),
        trial.Status == TrialStatus.Running ? "" : trial.IsReused ? "known" : PageText.Duration(TimeSpan.FromSeconds(trial.Seconds)),
        trial.Error ?? "",
        trial.Number == sweep.Best);
}
