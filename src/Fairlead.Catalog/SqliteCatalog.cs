using Fairlead.Catalog.Sqlite;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Models;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Catalog;

/// <summary>
/// The catalog in one SQLite file: every seam of it, as an interface of this class and as a property.
/// A write is on the disk when its task completes. Safe for many threads; one process should write.
/// </summary>
public sealed class SqliteCatalog : IDatasetCatalog, IRunCatalog, IModelCatalog, IReleaseCatalog, IServerGroupCatalog, ISegmentCatalog, IRecordCatalog, IAsyncDisposable
{
    private readonly SqliteSession session;

    private SqliteCatalog(SqliteSession session, AuditHeadFile auditHead)
    {
        this.session = session;
        Datasets = new SqliteDatasets(session);
        Runs = new SqliteRuns(session);
        Models = new SqliteModels(session);
        Releases = new SqliteReleases(session);
        ServerGroups = new SqliteServerGroups(session);
        Segments = new SqliteSegments(session);
        Records = new SqliteRecords(session);
        Users = new SqliteUsers(session);
        Audit = new SqliteAudit(session, auditHead);
        Executions = new SqliteExecutions(session);
        Triggers = new SqliteTriggers(session);
        Notices = new SqliteNotices(session);
        References = new SqliteReferences(session);
    }

    public IDatasetCatalog Datasets { get; }

    public IRunCatalog Runs { get; }

    public IModelCatalog Models { get; }

    public IReleaseCatalog Releases { get; }

    public IServerGroupCatalog ServerGroups { get; }

    public ISegmentCatalog Segments { get; }

    public IRecordCatalog Records { get; }

    public IUserCatalog Users { get; }

    public IAuditLog Audit { get; }

    public IExecutionCatalog Executions { get; }

    public ITriggerCatalog Triggers { get; }

    public INoticeCatalog Notices { get; }

    /// <summary>What all of it refers to.</summary>
    public IReferenceSource References { get; }

    /// <summary>Opens the catalog, or makes one, and brings it to this program's version.</summary>
    /// <param name="path">The file; its folder is made if it is missing.</param>
    /// <param name="auditHead">The file that says how far the audit log went; <c>audit-head</c> beside the catalog when null.</param>
    /// <exception cref="FairleadException">Conflict when it comes from a newer program; Damaged when it is no catalog; Unavailable when it cannot be opened.</exception>
    public static SqliteCatalog Open(string path, TimeProvider time, string? auditHead = null)
    {
        SqliteLibrary.EnsureLoaded();
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var connections = new SqliteConnections(full);
        var head = new AuditHeadFile(auditHead ?? Path.Combine(Path.GetDirectoryName(full)!, "audit-head"));
        try
        {
            var connection = connections.OpenWriter(prepare: c => SqliteMigrator.Migrate(c, full, time));
            SqliteAudit.Compare(connection, head, time.GetUtcNow());
            var writer = new SqliteWriter(connection, full, committed: after => SqliteAudit.Record(after, head));
            return new SqliteCatalog(new SqliteSession(connections, writer, time), head);
        }
        catch (Exception e) when (SqliteProblems.Translate(e, full) is { } problem)
        {
            throw problem;
        }
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    Task<DatasetVersion> IDatasetCatalog.AddAsync(DatasetVersion candidate, CancellationToken cancellationToken) =>
        Datasets.AddAsync(candidate, cancellationToken);

    Task<DatasetVersion?> IDatasetCatalog.FindAsync(string dataset, Digest digest, CancellationToken cancellationToken) =>
        Datasets.FindAsync(dataset, digest, cancellationToken);

    Task<IReadOnlyList<DatasetVersion>> IDatasetCatalog.ListAsync(string? dataset, CancellationToken cancellationToken) =>
        Datasets.ListAsync(dataset, cancellationToken);

    Task<Run> IRunCatalog.StartAsync(string step, Func<RunId, Run> create, CancellationToken cancellationToken) =>
        Runs.StartAsync(step, create, cancellationToken);

    Task IRunCatalog.FinishAsync(Run run, CancellationToken cancellationToken) =>
        Runs.FinishAsync(run, cancellationToken);

    Task<Run?> IRunCatalog.FindAsync(RunId id, CancellationToken cancellationToken) =>
        Runs.FindAsync(id, cancellationToken);

    Task<Run?> IRunCatalog.FindByKeyAsync(string step, Digest key, CancellationToken cancellationToken) =>
        Runs.FindByKeyAsync(step, key, cancellationToken);

    Task<IReadOnlyDictionary<Digest, RunBrief>> IRunCatalog.FindByKeysAsync(string step, IReadOnlyCollection<Digest> keys, CancellationToken cancellationToken) =>
        Runs.FindByKeysAsync(step, keys, cancellationToken);

    Task<Run?> IRunCatalog.FindLatestAsync(string step, string? variant, CancellationToken cancellationToken) =>
        Runs.FindLatestAsync(step, variant, cancellationToken);

    Task<Run?> IRunCatalog.FindLatestAsync(string step, CancellationToken cancellationToken) =>
        Runs.FindLatestAsync(step, cancellationToken);

    Task<IReadOnlyList<Run>> IRunCatalog.ListAsync(string? step, int limit, CancellationToken cancellationToken) =>
        Runs.ListAsync(step, limit, cancellationToken);

    Task<int> IRunCatalog.MarkLostAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        Runs.MarkLostAsync(at, cancellationToken);

    Task<ModelVersion> IModelCatalog.AddAsync(ModelVersion candidate, CancellationToken cancellationToken) =>
        Models.AddAsync(candidate, cancellationToken);

    Task<ModelVersion?> IModelCatalog.FindAsync(string model, int number, CancellationToken cancellationToken) =>
        Models.FindAsync(model, number, cancellationToken);

    Task<IReadOnlyList<ModelVersion>> IModelCatalog.ListAsync(string? model, CancellationToken cancellationToken) =>
        Models.ListAsync(model, cancellationToken);

    Task<Release> IReleaseCatalog.AddAsync(Func<ReleaseName, Release> create, CancellationToken cancellationToken) =>
        Releases.AddAsync(create, cancellationToken);

    Task<Release?> IReleaseCatalog.FindAsync(ReleaseName name, CancellationToken cancellationToken) =>
        Releases.FindAsync(name, cancellationToken);

    Task<IReadOnlyList<Release>> IReleaseCatalog.ListAsync(int limit, CancellationToken cancellationToken) =>
        Releases.ListAsync(limit, cancellationToken);

    Task<IReadOnlyList<ServerGroup>> IServerGroupCatalog.AddAsync(IReadOnlyList<(string Service, string Environment, Func<ServerGroupName, ServerGroup> Create)> groups, CancellationToken cancellationToken) =>
        ServerGroups.AddAsync(groups, cancellationToken);

    Task<DesiredState> IServerGroupCatalog.UpdateAsync(IReadOnlyList<ServerGroup> changed, Func<long, IReadOnlyList<ServerGroup>, DesiredState> publish, CancellationToken cancellationToken) =>
        ServerGroups.UpdateAsync(changed, publish, cancellationToken);

    Task<ServerGroup?> IServerGroupCatalog.FindAsync(ServerGroupName name, CancellationToken cancellationToken) =>
        ServerGroups.FindAsync(name, cancellationToken);

    Task<IReadOnlyList<ServerGroup>> IServerGroupCatalog.ListAsync(string? environment, string? service, CancellationToken cancellationToken) =>
        ServerGroups.ListAsync(environment, service, cancellationToken);

    Task<DesiredState?> IServerGroupCatalog.FindDesiredStateAsync(CancellationToken cancellationToken) =>
        ServerGroups.FindDesiredStateAsync(cancellationToken);

    Task ISegmentCatalog.AddAsync(CompactedSegment segment, CancellationToken cancellationToken) =>
        Segments.AddAsync(segment, cancellationToken);

    Task<IReadOnlyList<string>> ISegmentCatalog.ListSegmentsAsync(CancellationToken cancellationToken) =>
        Segments.ListSegmentsAsync(cancellationToken);

    Task ISegmentCatalog.ForgetSegmentsAsync(IReadOnlyList<string> segments, CancellationToken cancellationToken) =>
        Segments.ForgetSegmentsAsync(segments, cancellationToken);

    Task<IReadOnlyList<CompactedFile>> ISegmentCatalog.ListFilesAsync(CancellationToken cancellationToken) =>
        Segments.ListFilesAsync(cancellationToken);

    Task ISegmentCatalog.ReplaceAsync(IReadOnlyList<string> retired, IReadOnlyList<CompactedFile> added, CancellationToken cancellationToken) =>
        Segments.ReplaceAsync(retired, added, cancellationToken);

    Task ISegmentCatalog.SetStateAsync(IReadOnlyList<string> paths, CompactedFileState state, CancellationToken cancellationToken) =>
        Segments.SetStateAsync(paths, state, cancellationToken);

    Task ISegmentCatalog.RemoveAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        Segments.RemoveAsync(paths, cancellationToken);

    Task<CatalogRecord> IRecordCatalog.AddAsync(RecordKind kind, string name, string status, DateTimeOffset at, Func<int, string> create, CancellationToken cancellationToken) =>
        Records.AddAsync(kind, name, status, at, create, cancellationToken);

    Task IRecordCatalog.UpdateAsync(RecordKind kind, int number, string status, string document, CancellationToken cancellationToken) =>
        Records.UpdateAsync(kind, number, status, document, cancellationToken);

    Task<CatalogRecord?> IRecordCatalog.FindAsync(RecordKind kind, int number, CancellationToken cancellationToken) =>
        Records.FindAsync(kind, number, cancellationToken);

    Task<CatalogRecord?> IRecordCatalog.FindLatestAsync(RecordKind kind, string name, CancellationToken cancellationToken) =>
        Records.FindLatestAsync(kind, name, cancellationToken);

    Task<IReadOnlyList<CatalogRecord>> IRecordCatalog.ListAsync(RecordKind kind, RecordFilter filter, CancellationToken cancellationToken) =>
        Records.ListAsync(kind, filter, cancellationToken);

    Task<int> IRecordCatalog.RemoveAsync(RecordKind kind, string? name, DateTimeOffset before, CancellationToken cancellationToken) =>
        Records.RemoveAsync(kind, name, before, cancellationToken);
}
