using System.Text.Json;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Serialization;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteSegments(SqliteSession session) : ISegmentCatalog
{
    public Task AddAsync(CompactedSegment segment, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection => connection.Run("InsertSegment", new { segment = segment.Segment, document = JsonSerializer.Serialize(segment, DomainJson.Default.CompactedSegment) }),
            cancellationToken);

    public Task<IReadOnlyList<CompactedSegment>> ListAsync(CancellationToken cancellationToken) =>
        session.ListAsync("ListSegments", DomainJson.Default.CompactedSegment, null, cancellationToken);
}
