using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteRuns(SqliteSession session) : IRunCatalog
{
    private const string LostError = "The control plane ended while the step ran; run it again.";
    private readonly RunBriefs briefs = new();

    public Task<Run> StartAsync(string step, Func<RunId, Run> create, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection =>
            {
                var id = new RunId(step, connection.Number("NextRunNumber", new { step }));
                var run = create(id);
                if (run.Id != id)
                    throw new ArgumentException($"The run was made with the id '{run.Id}' and not with '{id}', which it was given.", nameof(create));
                connection.Run("InsertRun", Row(run));
                return run;
            },
            cancellationToken);

    public async Task FinishAsync(Run run, CancellationToken cancellationToken)
    {
        if (run.Status == RunStatus.Running)
            throw new ArgumentException($"The run '{run.Id}' is still running.", nameof(run));
        await session.WriteAsync(
            connection =>
            {
                var recorded = session.Find(connection, "FindRun", DomainJson.Default.Run, new { step = run.Id.Step, number = run.Id.Number })
                    ?? throw FairleadException.NotFound($"There is no run '{run.Id}'; see 'fairlead runs'.");
                if (recorded.Status != RunStatus.Running)
                    throw FairleadException.Conflict($"The run '{run.Id}' has ended as '{recorded.Status.CamelCase()}' before; run the step again.");
                return connection.Run("UpdateRun", Row(run));
            },
            cancellationToken).ConfigureAwait(false);
        if (run.Status == RunStatus.Succeeded)
            briefs.Replace(RunBrief.Of(run));
    }

    public Task<Run?> FindAsync(RunId id, CancellationToken cancellationToken) =>
        session.FindAsync("FindRun", DomainJson.Default.Run, new { step = id.Step, number = id.Number }, cancellationToken);

    public Task<Run?> FindByKeyAsync(string step, Digest key, CancellationToken cancellationToken) =>
        session.FindAsync("FindRunByKey", DomainJson.Default.Run, new { step, key = key.ToString() }, cancellationToken);

    public async Task<IReadOnlyDictionary<Digest, RunBrief>> FindByKeysAsync(string step, IReadOnlyCollection<Digest> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Digest, RunBrief>(keys.Count);
        var unknown = new List<string>();
        foreach (var key in keys)
        {
            if (briefs.Find(step, key) is { } brief)
                found[key] = brief;
            else
                unknown.Add(key.ToString());
        }

        if (unknown.Count == 0)
            return found;
        var wanted = JsonSerializer.Serialize(unknown, KeysJson.Default.ListString);
        foreach (var brief in await session.ListAsync("FindRunsByKeys", DomainJson.Default.RunBrief, new { step, keys = wanted }, cancellationToken).ConfigureAwait(false))
        {
            briefs.Remember(brief);
            found[brief.Key] = brief;
        }

        return found;
    }

    public Task<Run?> FindLatestAsync(string step, CancellationToken cancellationToken) =>
        session.FindAsync("FindLatestRun", DomainJson.Default.Run, new { step }, cancellationToken);

    public Task<Run?> FindLatestAsync(string step, string? variant, CancellationToken cancellationToken) =>
        session.FindAsync("FindLatestRunOfVariant", DomainJson.Default.Run, new { step, variant = variant ?? "" }, cancellationToken);

    public Task<IReadOnlyList<Run>> ListAsync(string? step, int limit, CancellationToken cancellationToken) =>
        session.ListAsync(step is null ? "ListRuns" : "ListRunsOfStep", DomainJson.Default.Run, new { step, limit }, cancellationToken);

    public Task<int> MarkLostAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection =>
            {
                var running = session.List(connection, "ListRunningRuns", DomainJson.Default.Run);
                foreach (var run in running)
                    connection.Run("UpdateRun", Row(run with { Status = RunStatus.Lost, FinishedAt = at, Error = LostError }));
                return running.Count;
            },
            cancellationToken);

    private static object Row(Run run) => new
    {
        step = run.Id.Step,
        number = run.Id.Number,
        key = run.Key.ToString(),
        status = run.Status.CamelCase(),
        variant = run.Variant ?? "",
        startedAt = (run.StartedAt.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond,
        brief = run.Status == RunStatus.Running ? "" : JsonSerializer.Serialize(RunBrief.Of(run), DomainJson.Default.RunBrief),
        document = JsonSerializer.Serialize(run, DomainJson.Default.Run),
    };
}
