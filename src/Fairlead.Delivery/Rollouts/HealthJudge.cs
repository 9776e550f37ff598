using System.Globalization;
using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Rollouts;

/// <summary>Judges candidates by their readiness and by their answers.</summary>
internal static class HealthJudge
{
    /// <summary>Fewer answers say nothing of a share.</summary>
    public const int LeastAnswers = 20;

    /// <summary>A share of errors that nobody waits out.</summary>
    public const double DeadlyErrors = 0.5;

    /// <summary>How many times the errors of what it replaces a candidate's are, at least, when they count: both may call something that is down.</summary>
    private const double Worse = 2;

    /// <summary>The worst of them, with a sentence that says why; no sentence when all are well.</summary>
    public static (RolloutHealth Health, string? Reason) Judge(Rollout rollout, RolloutObservation seen)
    {
        var worst = (Health: RolloutHealth.Good, Reason: (string?)null);
        foreach (var target in rollout.Targets)
        {
            if (target.Candidate is not { } name || seen.Of(target.Service) is not { } sight)
                continue;
            var judged = Judge(name, sight, rollout.Health);
            if (judged.Health > worst.Health)
                worst = judged;
        }

        return worst;
    }

    private static (RolloutHealth Health, string? Reason) Judge(ServerGroupName name, ServiceSight sight, HealthRule rule)
    {
        var candidate = sight.Candidate;
        if (candidate is { Wanted: > 0, Ready: 0 })
            return (RolloutHealth.Dead, string.Create(CultureInfo.InvariantCulture, $"None of the {candidate.Wanted} instances of '{name}' takes requests."));
        if (candidate.Answered >= LeastAnswers && candidate.ErrorRate > rule.Errors && IsWorse(candidate, sight.Reference))
        {
            return (
                candidate.ErrorRate >= DeadlyErrors ? RolloutHealth.Dead : RolloutHealth.Sick,
                string.Create(CultureInfo.InvariantCulture, $"'{name}' answered {candidate.Errors} of {candidate.Answered} requests with errors, where {rule.Errors * 100:0.##}% are allowed."));
        }

        return candidate is { Wanted: { } wanted, Ready: { } ready } && ready < wanted
            ? (RolloutHealth.Sick, string.Create(CultureInfo.InvariantCulture, $"{wanted - ready} of the {wanted} instances of '{name}' take no requests."))
            : (RolloutHealth.Good, null);
    }

    private static bool IsWorse(GroupSight candidate, GroupSight reference) =>
        reference.Answered < LeastAnswers || candidate.ErrorRate > Worse * reference.ErrorRate;
}
