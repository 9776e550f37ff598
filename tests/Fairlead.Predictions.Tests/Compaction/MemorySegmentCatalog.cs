using System.Text.Json;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Serialization;

namespace Fairlead.Predictions.Tests.Compaction;

/// <summary>A manifest in memory that outlives the objects that use it, as a database does; records go through their JSON.</summary>
internal sealed class MemorySegmentCatalog : ISegmentCatalog
{
    private readonly Lock gate = new();
    private readonly List<string> segments = [];

    /// <summary>Thrown by <see cref="AddAsync"/> while it is set.</summary>
    public Exception? Refusal { get; set; }

    public Task AddAsync(CompactedSegment segment, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (Refusal is not null)
                throw Refusal;
            if (!List().Any(known => known.Segment == segment.Segment))
                segments.Add(JsonSerializer.Serialize(segment, DomainJson.Default.CompactedSegment));
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<CompactedSegment>> ListAsync(CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<CompactedSegment>>(List());
    }

    private List<CompactedSegment> List() => segments.ConvertAll(json => JsonSerializer.Deserialize(json, DomainJson.Default.CompactedSegment)!);
}
