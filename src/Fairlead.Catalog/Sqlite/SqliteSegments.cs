using System.Text.Json;
using Dapper;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteSegments(SqliteSession session) : ISegmentCatalog
{
    public Task AddAsync(CompactedSegment segment, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection =>
            {
                if (connection.Run("InsertSegment", new { segment = segment.Segment }) > 0)
                    Insert(connection, segment.Files);
                return true;
            },
            cancellationToken);

    public Task<IReadOnlyList<string>> ListSegmentsAsync(CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<string>>(connection => [.. connection.Query<string>(Statements.Get("ListSegments"))], cancellationToken);

    public Task ForgetSegmentsAsync(IReadOnlyList<string> segments, CancellationToken cancellationToken) =>
        session.WriteAsync(connection => segments.Sum(segment => connection.Run("DeleteSegment", new { segment })), cancellationToken);

    public Task<IReadOnlyList<CompactedFile>> ListFilesAsync(CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<CompactedFile>>(
            connection => [.. connection.Query<FileRow>(Statements.Get("ListFiles"), buffered: false).Select(
                row => session.Parse(row.Document, DomainJson.Default.CompactedFile) with { State = Enum.Parse<CompactedFileState>(row.State, ignoreCase: true) })],
            cancellationToken);

    public Task ReplaceAsync(IReadOnlyList<string> retired, IReadOnlyList<CompactedFile> added, CancellationToken cancellationToken) =>
        session.ChangeAsync(
            connection =>
            {
                foreach (var path in retired)
                {
                    if (connection.Run("RetireFile", new { path }) == 0)
                        throw FairleadException.Conflict($"The file '{path}' is not in the manifest of predictions, so that nothing can take its place.");
                }

                Insert(connection, added);
                return true;
            },
            // Files that others take the place of lose no row.
            _ => retired.Count == 0 || added.Count > 0 ? null : Acting.Draft("predictions.removed", retired[0], $"{retired.Count} files"),
            cancellationToken);

    public Task SetStateAsync(IReadOnlyList<string> paths, CompactedFileState state, CancellationToken cancellationToken) =>
        session.ChangeAsync(
            connection => paths.Sum(path => connection.Run("SetFileState", new { path, state = state.CamelCase() })),
            count => count == 0 || state != CompactedFileState.Quarantined ? null : Acting.Draft("predictions.set-aside", paths[0], $"{count} files"),
            cancellationToken);

    public Task RemoveAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        session.WriteAsync(connection => paths.Sum(path => connection.Run("DeleteRetiredFile", new { path })), cancellationToken);

    // The state is a column alone: it changes, the rest of the record does not.
    private static void Insert(SqliteConnection connection, IReadOnlyList<CompactedFile> files)
    {
        foreach (var file in files)
            connection.Run("InsertFile", new { path = file.Path, state = file.State.CamelCase(), document = JsonSerializer.Serialize(file with { State = default }, DomainJson.Default.CompactedFile) });
    }
}
