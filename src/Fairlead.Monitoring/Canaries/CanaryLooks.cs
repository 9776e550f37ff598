using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Canaries.Settings;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries;

/// <summary>When a canary is looked at, and what its looks lead to: pure functions, the same for rollouts and for stages of pipelines.</summary>
public static class CanaryLooks
{
    /// <summary>What is judged and how, resolved before a canary begins.</summary>
    /// <param name="names">Of metrics.</param>
    /// <param name="hold">How long it stays where it is.</param>
    /// <param name="services">Those that are compared.</param>
    /// <param name="isShadow">True when both sides answer the same requests.</param>
    /// <exception cref="FairleadException">Invalid: a metric that there is not, or too little time.</exception>
    public static AnalysisPlan Plan(ProjectDefinition project, IReadOnlyList<string> names, TimeSpan hold, IReadOnlyList<string> services, bool isShadow) =>
        AnalysisPlanner.Plan(project, names, hold, services, isShadow);

    /// <summary>What is judged after so much time; null before the first look is due. Beyond its time, the last look sees what came since.</summary>
    /// <param name="hold">How long the canary stays where it is.</param>
    /// <param name="since">When it began to.</param>
    /// <param name="held">How long it was watched.</param>
    public static CanaryWindow? WindowAt(AnalysisPlan plan, TimeSpan hold, DateTimeOffset since, TimeSpan held) =>
        LookSchedule.WindowAt(LookSchedule.PlanOf(plan, hold), since, held);

    /// <summary>How long it must have been watched for the look after that one; the last one is at the end.</summary>
    /// <param name="look">From 1; 0 for the first.</param>
    public static TimeSpan DueAfter(AnalysisPlan plan, TimeSpan hold, int look)
    {
        var schedule = LookSchedule.PlanOf(plan, hold);
        return look + 1 >= schedule.Looks ? hold : schedule.WarmUp + ((look + 1) * schedule.EffectiveInterval);
    }

    /// <param name="isLast">Its time is over.</param>
    public static LookOutcome OutcomeOf(CanaryReport report, bool isLast)
    {
        var verdict = report.Verdict;
        var isKayenta = verdict.Judge == CanaryJudgeChoice.KayentaName;
        if (verdict.Outcome == CanaryOutcome.Fail || (verdict.Outcome == CanaryOutcome.Marginal && (isLast || (isKayenta && verdict.Score <= verdict.Thresholds.Marginal))))
            return LookOutcome.Bad;

        // Kayenta's score leaves out what could not be judged, so that nothing else would pass.
        var isUnknown = isKayenta && verdict.Metrics.Any(metric => !metric.IsMuted && metric.Classification is CanaryClassification.Error or CanaryClassification.Nodata);
        return verdict.Outcome == CanaryOutcome.Nodata || isUnknown ? LookOutcome.Unknown : LookOutcome.Good;
    }
}
