using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Pipelines.Tests.Activities;

/// <param name="collect">Null never answers and heeds no cancellation.</param>
internal sealed class FakeEvidence(string name, Func<EvidenceRequest, IReadOnlyList<EvidenceSection>>? collect) : IEvidenceSource
{
    public string Name => name;

    public Task<IReadOnlyList<EvidenceSection>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken) =>
        collect is null ? new TaskCompletionSource<IReadOnlyList<EvidenceSection>>().Task : Task.FromResult(collect(request));
}
