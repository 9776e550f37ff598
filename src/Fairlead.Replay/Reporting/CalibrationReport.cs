using Fairlead.Statistics.Evaluation;

namespace Fairlead.Replay.Reporting;

/// <summary>Rows whose scores lie in one tenth of 0 to 1.</summary>
/// <param name="MeanScore">Null without rows.</param>
/// <param name="PositiveRate">Null without rows.</param>
public sealed record CalibrationReport(double From, double To, int Rows, double? MeanScore, double? PositiveRate)
{
    public static IReadOnlyList<CalibrationReport>? Of(Calibration? calibration) => calibration is null
        ? null
        : [.. calibration.Bins.Select(bin => new CalibrationReport(bin.From, bin.To, bin.Rows, bin.Rows == 0 ? null : bin.MeanScore, bin.Rows == 0 ? null : bin.PositiveRate))];
}
