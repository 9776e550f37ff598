namespace Fairlead.Statistics.Canary;

/// <summary>The analyses of a metric; there is one.</summary>
public sealed record CanaryAnalysisConfigurations(CanaryAnalysis? Canary = null);
