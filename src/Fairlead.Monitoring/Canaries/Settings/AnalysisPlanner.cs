using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Settings;

/// <summary>Resolves the names of metrics and everything that is left open, before a canary begins.</summary>
internal static class AnalysisPlanner
{
    /// <param name="names">Of metrics.</param>
    /// <param name="hold">How long the canary stays where it is.</param>
    /// <param name="services">Those that are compared.</param>
    /// <param name="isShadow">True when the same requests are answered by both sides.</param>
    /// <exception cref="FairleadException">Invalid: with the name or value, and the cure.</exception>
    public static AnalysisPlan Plan(ProjectDefinition project, IReadOnlyList<string> names, TimeSpan hold, IReadOnlyList<string> services, bool isShadow)
    {
        var definition = project.Analysis ?? new AnalysisDefinition();
        if (names.Count == 0)
            throw FairleadException.Invalid($"Nothing is analysed: name metrics, such as '{MetricNames.ErrorRate}'.");
        if (LookSchedule.Refuse(definition, hold) is { } problem)
            throw FairleadException.Invalid($"The analysis cannot be: {problem}.");
        var metrics = names.Distinct(StringComparer.Ordinal).Select(name => Resolve(project, name, isShadow)).ToList();
        var kpis = metrics.Select(metric => KpiOf(project, metric.Name)).OfType<KpiDefinition>().ToList();
        if (kpis.Find(kpi => kpi.Service is { } service && !services.Contains(service)) is { } foreign)
            throw FairleadException.Invalid($"The KPI '{foreign.Name}' is about '{foreign.Service}', which is not compared: leave '{MetricNames.Kpi}{foreign.Name}' out.");
        RefuseModels(project, metrics, services);
        var plan = new AnalysisPlan
        {
            Definition = definition,
            Metrics = metrics,
            Kpis = kpis,
            Step = LookSchedule.StepOf(definition, hold),
            Interval = LookSchedule.IntervalOf(definition, hold),
        };
        return CanaryJudge.Refuse(CanaryConfigs.Of(plan)) is { } refused ? throw FairleadException.Invalid($"The analysis cannot be: {refused}") : plan;
    }

    /// <summary>Models run in the host's own process, which knows nothing of what one of them uses.</summary>
    private static void RefuseModels(ProjectDefinition project, List<MetricDefinition> metrics, IReadOnlyList<string> services)
    {
        if (metrics.Find(metric => !metric.IsOwn && MetricNames.IsOfInstances(metric.Name)) is { } ofInstances
            && project.Services.FirstOrDefault(service => service.Command is null && services.Contains(service.Name)) is { } model)
            throw FairleadException.Invalid($"The metric '{ofInstances.Name}' is of the instances of command services, and '{model.Name}' has none: choose '{MetricNames.Inference}' or '{MetricNames.Queue}'.");
    }

    private static MetricDefinition Resolve(ProjectDefinition project, string name, bool isShadow)
    {
        var said = project.Metrics.FirstOrDefault(metric => metric.Name == name);
        if (said?.IsOwn != true && (!MetricNames.IsBuiltIn(name) || (name.StartsWith(MetricNames.Kpi, StringComparison.Ordinal) && KpiOf(project, name) is null)))
            throw FairleadException.Invalid($"There is no metric '{name}' ({NearestName.Hint(name, Known(project))}).");
        if (MetricNames.IsPaired(name) && !isShadow)
            throw FairleadException.Invalid($"The metric '{name}' compares answers to the same request, which only a shadow gives: leave it out, or choose the strategy 'shadow'.");
        return UsualMetrics.Of(name, said, KpiOf(project, name));
    }

    private static KpiDefinition? KpiOf(ProjectDefinition project, string metric) =>
        metric.StartsWith(MetricNames.Kpi, StringComparison.Ordinal) ? project.Kpis.FirstOrDefault(kpi => metric.AsSpan(MetricNames.Kpi.Length).SequenceEqual(kpi.Name)) : null;

    private static List<string> Known(ProjectDefinition project) =>
        [.. MetricNames.Examples.Where(name => name != "kpi.NAME"), .. project.Kpis.Select(kpi => MetricNames.Kpi + kpi.Name), .. project.Metrics.Where(metric => metric.IsOwn).Select(metric => metric.Name)];
}
