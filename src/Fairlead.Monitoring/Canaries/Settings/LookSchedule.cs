using Fairlead.Domain.Canaries;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Settings;

/// <summary>When a canary is looked at, and over what: what the project file leaves open follows from how long it stays where it is.</summary>
internal static class LookSchedule
{
    /// <summary>Points of a side below which the judge finds nothing at its usual confidence.</summary>
    public const int LeastPoints = 8;

    /// <summary>Points that are aimed at.</summary>
    private const int UsualPoints = 60;

    /// <summary>Looks that are aimed at, with enough points for the first.</summary>
    private const int UsualLooks = 5;

    private static readonly int[] Seconds = [60, 30, 20, 15, 10, 5, 2, 1];

    /// <param name="hold">How long a canary stays where it is.</param>
    public static TimeSpan StepOf(AnalysisDefinition definition, TimeSpan hold) =>
        definition.Step ?? TimeSpan.FromSeconds(Seconds.FirstOrDefault(seconds => hold >= TimeSpan.FromSeconds(seconds) * UsualPoints, 1));

    /// <summary>Null for one look, at the end.</summary>
    public static TimeSpan? IntervalOf(AnalysisDefinition definition, TimeSpan hold)
    {
        var lifetime = hold - definition.WarmUp;
        if (definition.Interval is { } interval)
            return interval < lifetime ? interval : null;
        var step = StepOf(definition, hold);
        var between = step * Math.Floor(lifetime / UsualLooks / step);
        return between >= step * LeastPoints ? between : null;
    }

    /// <summary>What is wrong with it, as a sentence without beginning and end; null when nothing is.</summary>
    public static string? Refuse(AnalysisDefinition definition, TimeSpan hold)
    {
        var step = StepOf(definition, hold);
        var lifetime = hold - definition.WarmUp;
        return lifetime >= step * LeastPoints
            ? PlanOf(definition, step, IntervalOf(definition, hold), hold).Refuse()
            : $"{(hold > TimeSpan.Zero ? $"{hold.TotalSeconds:0} s" : "no time")} at each step is too short for {LeastPoints} points of {step.TotalSeconds:0} s{(definition.WarmUp > TimeSpan.Zero ? $" after {definition.WarmUp.TotalSeconds:0} s to warm up" : "")}; give 'each' at least {(definition.WarmUp + (step * LeastPoints)).TotalSeconds:0}s";
    }

    public static CanaryPlan PlanOf(AnalysisPlan plan, TimeSpan hold) => PlanOf(plan.Definition, plan.Step, plan.Interval, hold);

    /// <summary>The look that is due after so much time.</summary>
    /// <param name="held">How long it was watched; beyond its time, the last look sees what came since.</param>
    /// <returns>Null while nothing is due yet.</returns>
    public static CanaryWindow? WindowAt(CanaryPlan plan, DateTimeOffset since, TimeSpan held)
    {
        var age = held - plan.WarmUp;
        var due = (int)Math.Min(plan.Looks, Math.Floor(age / plan.EffectiveInterval));
        if (due < 1)
            return null;
        var window = plan.Windows(since)[due - 1];
        if (due < plan.Looks)
            return window;
        var step = plan.Step ?? CanaryPlan.UsualStep;
        var end = since + plan.WarmUp + (step * Math.Floor(age / step));
        return end <= window.End ? window : window with { Start = window.IsSliding ? window.Start + (end - window.End) : window.Start, End = end };
    }

    private static CanaryPlan PlanOf(AnalysisDefinition definition, TimeSpan step, TimeSpan? interval, TimeSpan hold) =>
        new(hold - definition.WarmUp, interval, definition.LookBack, definition.WarmUp, step);
}
