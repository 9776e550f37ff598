using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Tests.Fakes;

internal sealed class FakeAnalysis(RolloutVerdict verdict) : IRolloutAnalysis
{
    public Task<RolloutVerdict> JudgeAsync(RolloutQuestion question, CancellationToken cancellationToken) => Task.FromResult(verdict);
}
