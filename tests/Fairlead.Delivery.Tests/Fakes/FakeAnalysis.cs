using Fairlead.Domain.Canaries;
using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Tests.Fakes;

/// <summary>Says what a test wants, and counts how often it was asked.</summary>
internal sealed class FakeAnalysis(Func<RolloutQuestion, CancellationToken, Task<RolloutVerdict>> judge) : IRolloutAnalysis
{
    private int asked;

    public FakeAnalysis(RolloutVerdict verdict)
        : this((_, _) => Task.FromResult(verdict))
    {
    }

    public AnalysisPlan? Plan { get; init; } = new();

    public int Asked => asked;

    public Task<AnalysisPlan?> PlanAsync(string environment, Strategy strategy, IReadOnlyList<string> services, CancellationToken cancellationToken) => Task.FromResult(Plan);

    public Task<RolloutVerdict> JudgeAsync(RolloutQuestion question, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref asked);
        return judge(question, cancellationToken);
    }
}
