namespace Fairlead.Domain.Deployments;

/// <param name="Reason">One sentence.</param>
public sealed record RolloutVerdict(RolloutAdvice Advice, string Reason)
{
    /// <summary>With <see cref="RolloutAdvice.Wait"/>: when the step was watched for so long, the judge is to be asked again; null leaves it to the rollout.</summary>
    public TimeSpan? Again { get; init; }
}
