namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>The seam to what judges should see, beside what came of the stages before.</summary>
public interface IEvidenceSource
{
    /// <summary>What there is; a source that has nothing to say returns none.</summary>
    Task<IReadOnlyList<EvidenceSection>> CollectAsync(ActivityCall call, string? environment, CancellationToken cancellationToken);
}
