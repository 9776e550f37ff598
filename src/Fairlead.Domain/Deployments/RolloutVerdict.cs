namespace Fairlead.Domain.Deployments;

/// <param name="Reason">One sentence.</param>
public sealed record RolloutVerdict(RolloutAdvice Advice, string Reason);
