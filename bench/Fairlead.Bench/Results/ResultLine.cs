namespace Fairlead.Bench.Results;

/// <summary>One line of the file of results: a measure with all that is needed to compare it later.</summary>
internal sealed record ResultLine(Machine Machine, string Project, bool Quick, int Rounds, double RoundSeconds, Measure Measure);
