namespace Fairlead.Statistics.Tests.Drift;

internal sealed record ScipyCase(string Name, double[] Reference, double[] Live, double[] Edges);
