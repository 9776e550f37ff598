using System.Globalization;
using System.Text.Json;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;

namespace Fairlead.Commands;

/// <summary>How sweeps read on a terminal.</summary>
internal static class SweepText
{
    public static string Values(IReadOnlyDictionary<string, JsonElement> values) => string.Join(' ', values.Select(pair => $"{pair.Key}={Value(pair.Value)}"));

    public static string Value(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    public static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "";

    public static string Objective(SweepRecord sweep) => $"{sweep.Judged}.{sweep.Metric}";

    public static string Goal(SweepGoal goal) => goal == SweepGoal.Maximize ? "max" : "min";

    /// <summary>Why a trial failed, on one line; empty when it did not.</summary>
    public static string Remark(TrialRecord trial) => string.Join(' ', (trial.Error ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>What came of a trial.</summary>
    public static string Outcome(SweepRecord sweep, TrialRecord trial) => trial.Status switch
    {
        TrialStatus.Succeeded => $"{sweep.Metric} {Number(trial.Value)}",
        TrialStatus.Failed => $"failed: {Remark(trial)}",
        _ => "running",
    };
}
