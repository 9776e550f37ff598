using System.Globalization;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Canaries.Settings;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Rollouts;

/// <summary>Judges rollouts: at each step the candidate of every service beside what it is compared with.</summary>
public sealed class RolloutAnalysis(CanaryDesk desk, IWorkspace workspace) : IRolloutAnalysis
{
    /// <inheritdoc />
    public async Task<AnalysisPlan?> PlanAsync(string environment, Strategy strategy, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        if (strategy.Analyse.Count == 0)
            return null;
        var project = (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project;
        return AnalysisPlanner.Plan(project, strategy.Analyse, strategy.Each, services, strategy.Kind == StrategyKind.Shadow);
    }

    /// <inheritdoc />
    public async Task<RolloutVerdict> JudgeAsync(RolloutQuestion question, CancellationToken cancellationToken)
    {
        var rollout = question.Rollout;
        if (rollout.Analysis is not { } plan)
            return new RolloutVerdict(RolloutAdvice.GoOn, "Nothing is analysed.");
        var hold = rollout.Steps[rollout.Step].Hold;
        var held = question.Until - question.Since;
        var isLast = held >= hold;
        if (CanaryLooks.WindowAt(plan, hold, question.Since, held) is not { } window)
            return new RolloutVerdict(RolloutAdvice.Wait, "The first look is still to come.") { Again = CanaryLooks.DueAfter(plan, hold, 0) };
        var reports = new List<CanaryReport>();
        foreach (var target in rollout.Targets)
        {
            if (ScopeOf(rollout, target, window) is { } scope)
                reports.Add(await desk.JudgeAsync(OrderOf(rollout, plan, scope), cancellationToken).ConfigureAwait(false));
        }

        return Conclude(reports, isLast) with { Again = isLast ? null : CanaryLooks.DueAfter(plan, hold, window.Look) };
    }

    private static CanaryOrder OrderOf(Rollout rollout, AnalysisPlan plan, CanaryScope scope) => new()
    {
        Scope = scope,
        Plan = plan,
        Release = rollout.Release,
        Rollout = rollout.Number,
        Step = rollout.Step,
    };

    /// <summary>The worst of the services counts. What is good before the end has still to stay so, and what could not be judged is not good.</summary>
    private static RolloutVerdict Conclude(List<CanaryReport> reports, bool isLast)
    {
        if (reports.Find(report => CanaryLooks.OutcomeOf(report, isLast) == LookOutcome.Bad) is { } bad)
            return new RolloutVerdict(RolloutAdvice.Abort, Say(bad, "is not good"));
        if (reports.Find(report => CanaryLooks.OutcomeOf(report, isLast) == LookOutcome.Unknown) is { } unknown)
            return new RolloutVerdict(RolloutAdvice.Wait, Say(unknown, isLast ? "cannot be judged yet" : "goes on"));
        return reports.Count == 0
            ? new RolloutVerdict(RolloutAdvice.GoOn, "There is nothing to compare it with.")
            : new RolloutVerdict(isLast ? RolloutAdvice.GoOn : RolloutAdvice.Wait, string.Join(" ", reports.Select(report => Say(report, isLast ? "is good" : "is good so far"))));
    }

    private static string Say(CanaryReport report, string how) =>
        string.Create(CultureInfo.InvariantCulture, $"'{report.Experiment}' beside '{report.Control}' {how} (canary {report.Number}): {report.Reason}.");

    /// <summary>Null where there is nothing to compare.</summary>
    private static CanaryScope? ScopeOf(Rollout rollout, RolloutTarget target, CanaryWindow window)
    {
        var share = rollout.Steps[rollout.Step].Shares.First(known => known.Service == target.Service);
        var hasBaseline = target.Baseline is not null && share.Baseline != Weight.None;
        if (target.Candidate is not { } candidate || (hasBaseline ? target.Baseline : target.Stable) is not { } control)
            return null;
        var isShadow = rollout.Strategy.Kind == StrategyKind.Shadow;
        return new CanaryScope
        {
            Service = target.Service,
            Environment = rollout.Environment,
            Control = control,
            Experiment = candidate,
            IsShadow = isShadow,
            ControlShare = hasBaseline ? Part(share.Baseline.Hundredths) : Part(isShadow ? Weight.Whole : Weight.Whole - share.Weight.Hundredths - share.Baseline.Hundredths) * PartOf(target, control),
            ExperimentShare = isShadow ? Part(rollout.Strategy.Mirror.Hundredths) * PartOf(target, control) : Part(share.Weight.Hundredths),
            Window = window,
        };
    }

    private static double Part(int hundredths) => (double)Math.Max(1, hundredths) / Weight.Whole;

    /// <summary>What of the traffic that the candidate leaves is the control's.</summary>
    private static double PartOf(RolloutTarget target, ServerGroupName control)
    {
        var whole = target.Before.Sum(share => share.Weight.Hundredths);
        var own = target.Before.FirstOrDefault(share => share.ServerGroup == control)?.Weight.Hundredths ?? whole;
        return whole == 0 || own == 0 ? 1 : (double)own / whole;
    }
}
