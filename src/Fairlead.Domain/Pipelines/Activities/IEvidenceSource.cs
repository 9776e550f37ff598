namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>The seam to what judges should see, beside what came of the stages before.</summary>
public interface IEvidenceSource
{
    /// <summary>What it is about, for when it fails: such as <c>Commits</c>.</summary>
    string Name { get; }

    /// <summary>What there is; a source that has nothing to say returns none. What it throws is shown in its place, and nobody waits for it longer than a minute.</summary>
    Task<IReadOnlyList<EvidenceSection>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken);
}
