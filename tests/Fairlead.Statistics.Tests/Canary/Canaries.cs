using Fairlead.Statistics.Canary;

namespace Fairlead.Statistics.Tests.Canary;

/// <summary>Configurations, series and verdicts in few words.</summary>
internal static class Canaries
{
    public static CanaryConfig Config(string judge, params CanaryAnalysis[] metrics) => new(
        [.. metrics.Select((analysis, i) => Metric($"m{i}", "all", analysis))],
        Judge: new CanaryJudgeChoice(judge));

    public static CanaryMetricConfig Metric(string name, string group, CanaryAnalysis? analysis = null) => new(name, [group], new CanaryAnalysisConfigurations(analysis));

    public static CanaryMetricSeries Series(string name, IReadOnlyList<double> control, IReadOnlyList<double> experiment) =>
        new() { Name = name, Control = control, Experiment = experiment };

    /// <summary>One metric, judged once.</summary>
    public static CanaryVerdict Judge(string judge, IReadOnlyList<double> control, IReadOnlyList<double> experiment, CanaryAnalysis? analysis = null, int points = 0) =>
        CanaryJudge.Judge(Config(judge, analysis ?? new CanaryAnalysis()), [Series("m0", control, experiment)], CanaryWindow.OfPoints(points));

    public static CanaryMetricVerdict Own(IReadOnlyList<double> control, IReadOnlyList<double> experiment, CanaryAnalysis? analysis = null) =>
        Assert.Single(Judge(CanaryJudgeChoice.OwnName, control, experiment, analysis).Metrics);

    public static CanaryMetricVerdict Kayenta(IReadOnlyList<double> control, IReadOnlyList<double> experiment, CanaryAnalysis? analysis = null) =>
        Assert.Single(Judge(CanaryJudgeChoice.KayentaName, control, experiment, analysis).Metrics);

    public static double[] Repeat(double value, int times) => [.. Enumerable.Repeat(value, times)];
}
