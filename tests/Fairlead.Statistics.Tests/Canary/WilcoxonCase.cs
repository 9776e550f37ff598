namespace Fairlead.Statistics.Tests.Canary;

/// <summary>Two samples and what R says of them.</summary>
internal sealed record WilcoxonCase(bool Paired, double Level, double[] X, double[] Y, double Low, double High, double Estimate, double Corrected, double P);
