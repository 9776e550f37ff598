namespace Fairlead.Statistics.Intervals;

/// <summary>A value and the ends of its interval of confidence.</summary>
/// <param name="Low">Null when the data do not tell how sure the value is.</param>
public readonly record struct EstimatedValue(double Value, double? Low, double? High);
