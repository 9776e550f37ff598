namespace Fairlead.Domain.Deployments;

/// <summary>The seam to the judge that is asked at each weight of a canary when its time is over.</summary>
public interface IRolloutAnalysis
{
    /// <summary>May be asked the same twice. What it throws counts as <see cref="RolloutAdvice.Wait"/>: an error of the judge is never good.</summary>
    Task<RolloutVerdict> JudgeAsync(RolloutQuestion question, CancellationToken cancellationToken);
}
