namespace Fairlead.Statistics.Drift;

/// <summary>How often a value occurs on each side.</summary>
public readonly record struct CategoryCount(string Name, long Reference, long Live);
