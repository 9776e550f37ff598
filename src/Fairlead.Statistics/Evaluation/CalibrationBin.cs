namespace Fairlead.Statistics.Evaluation;

/// <summary>Rows whose scores lie in one tenth of 0 to 1.</summary>
/// <param name="From">Inclusive; the last bin includes 1.</param>
/// <param name="MeanScore">NaN without rows.</param>
/// <param name="PositiveRate">Share of rows that are positive; NaN without rows.</param>
public sealed record CalibrationBin(double From, double To, int Rows, double MeanScore, double PositiveRate);
