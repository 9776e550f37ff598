using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Deployments;

/// <summary>The seam to the judge that is asked about a rollout while it stays at a step, and before it goes on.</summary>
public interface IRolloutAnalysis
{
    /// <summary>What will be judged and how, before anything changes; null when the strategy asks for nothing.</summary>
    /// <param name="services">Those that are rolled out.</param>
    /// <exception cref="FairleadException">Invalid: a metric that there is not, or too little time at each step; what the project file says.</exception>
    Task<AnalysisPlan?> PlanAsync(string environment, Strategy strategy, IReadOnlyList<string> services, CancellationToken cancellationToken);

    /// <summary>
    /// May be asked the same twice, and before the time of a step is over: then it says <see cref="RolloutAdvice.Abort"/> or <see cref="RolloutAdvice.Wait"/>.
    /// What it throws counts as <see cref="RolloutAdvice.Wait"/>: an error of the judge is never good.
    /// </summary>
    Task<RolloutVerdict> JudgeAsync(RolloutQuestion question, CancellationToken cancellationToken);
}
