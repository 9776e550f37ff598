namespace Fairlead.Statistics.Evaluation;

/// <param name="From">Inclusive; the last bin includes its end.</param>
public sealed record DifferenceBin(double From, double To, int Rows);
