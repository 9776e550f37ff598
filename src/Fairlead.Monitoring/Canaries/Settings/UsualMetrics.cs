using Fairlead.Domain.Canaries;
using Fairlead.Domain.Projects;

namespace Fairlead.Monitoring.Canaries.Settings;

/// <summary>How metrics are judged about which the project file says nothing.</summary>
internal static class UsualMetrics
{
    /// <summary>Times and what is used of the machine are wider by a tenth before anybody minds.</summary>
    private const double MoreTime = 1.1;

    /// <summary>Probability of a larger answer, from which on answers count as changed.</summary>
    private const double OtherAnswers = 0.53;

    /// <summary>Requests of a side that say something of all of them.</summary>
    private const int LeastRequests = 30;

    /// <summary>What is usual for a metric of that name, with what the project file says of it.</summary>
    /// <param name="kpi">Of that name, without prefix; null for none.</param>
    public static MetricDefinition Of(string name, MetricDefinition? said, KpiDefinition? kpi)
    {
        var usual = Usual(name, kpi);
        return said is null ? usual : said with
        {
            Group = said.Group ?? usual.Group,
            Direction = said.Direction ?? usual.Direction,
            Critical = said.Critical ?? usual.Critical,
            MinPoints = said.MinPoints ?? usual.MinPoints,
            Missing = said.Missing ?? usual.Missing,
            Effect = said.Effect ?? usual.Effect,
        };
    }

    private static MetricDefinition Usual(string name, KpiDefinition? kpi)
    {
        var isSample = Begins(MetricNames.Input) || Begins(MetricNames.Output) || Begins(MetricNames.Paired);
        var metric = new MetricDefinition { Name = name, Group = "own", MinPoints = isSample ? LeastRequests : LookSchedule.LeastPoints };
        return name switch
        {
            MetricNames.ErrorRate or MetricNames.PairedErrors => metric with { Group = "errors", Direction = MetricDirection.Increase, Critical = true },
            MetricNames.RequestRate => metric with { Group = "traffic", Effect = new EffectBounds { AllowedIncrease = MoreTime, AllowedDecrease = 1 / MoreTime } },
            MetricNames.Queue or MetricNames.ShedRate => metric with { Group = "saturation", Direction = MetricDirection.Increase },
            MetricNames.Cpu or MetricNames.CpuByRequest or MetricNames.Memory =>
                metric with { Group = "saturation", Direction = MetricDirection.Increase, Effect = new EffectBounds { AllowedIncrease = MoreTime } },
            MetricNames.Inference => metric with { Group = "latency", Direction = MetricDirection.Increase, Effect = new EffectBounds { AllowedIncrease = MoreTime } },
            MetricNames.PairedLatency => metric with { Group = "latency", Direction = MetricDirection.Increase, Effect = new EffectBounds { AllowedIncrease = MoreTime } },
            _ when Begins(MetricNames.Latency) => metric with { Group = "latency", Direction = MetricDirection.Increase, Effect = new EffectBounds { AllowedIncrease = MoreTime } },
            _ when Begins(MetricNames.Kpi) => metric with { Group = "kpi", Direction = DirectionOf(kpi?.Goal) },
            _ when Begins(MetricNames.Input) => metric with { Group = "input", Effect = Answers },
            _ when Begins(MetricNames.Output) => metric with { Group = "output", Effect = Answers },
            _ when Begins(MetricNames.PairedAgreement) => metric with { Group = "output", Direction = MetricDirection.Increase },
            _ when Begins(MetricNames.PairedOutput) => metric with { Group = "output" },
            _ => metric,
        };

        bool Begins(string prefix) => name.StartsWith(prefix, StringComparison.Ordinal);
    }

    private static EffectBounds Answers => new() { Measure = EffectMeasure.Cles, AllowedIncrease = OtherAnswers, AllowedDecrease = 1 - OtherAnswers };

    /// <summary>Away from the goal is bad.</summary>
    private static MetricDirection DirectionOf(Threshold? goal) => goal?.Operator switch
    {
        ThresholdOperator.AtLeast or ThresholdOperator.Above => MetricDirection.Decrease,
        ThresholdOperator.AtMost or ThresholdOperator.Below => MetricDirection.Increase,
        _ => MetricDirection.Either,
    };
}
