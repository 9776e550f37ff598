using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Predictions.Analysis;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Kpis;

/// <summary>Where the KPIs of the project file are computed, kept and looked at.</summary>
public sealed class KpiDesk(IWorkspace workspace, PredictionAnalysis analysis, IRecordCatalog records, TimeProvider time, ILogger<KpiDesk> logger) : IDisposable
{
    /// <summary>Full windows that are computed when they are not known, and computed again when outcomes came.</summary>
    public const int MostWindows = 60;

    private static readonly TimeSpan Horizon = TimeSpan.FromDays(60);
    private static readonly TimeSpan LongestComputation = TimeSpan.FromMinutes(1);

    // What slides out of a window when nothing comes in is noticed a little later.
    private static readonly TimeSpan OldestWithoutNews = TimeSpan.FromMinutes(10);
    private readonly KpiStore store = new(records);
    private readonly SemaphoreSlim computing = new(1);
    private readonly Dictionary<string, DateTimeOffset> lookedBack = new(StringComparer.Ordinal);
    private ProjectDefinition? project;
    private (string News, ProjectDefinition Project, DateTimeOffset At)? last;

    /// <summary>Computes the values of now, and of past windows those that are missing or got outcomes since.</summary>
    /// <returns>How many points.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await computing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var read = await ReadProjectAsync(cancellationToken).ConfigureAwait(false);
            if (read.Kpis.Count == 0)
                return 0;
            var now = time.GetUtcNow();
            // One thread: nobody waits for it.
            using var session = await analysis.OpenExpressionsAsync(cancellationToken).ConfigureAwait(false);
            var news = ReadNews(session, cancellationToken);
            if (last is { } known && known.News == news && known.Project == project && (now - known.At).Duration() < OldestWithoutNews)
                return 0;
            var points = 0;
            foreach (var definition in read.Kpis)
                points += await ComputeAsync(session, definition, now, cancellationToken).ConfigureAwait(false);
            last = (news, read, now);
            return points;
        }
        finally
        {
            computing.Release();
        }
    }

    /// <summary>In the order of the project file.</summary>
    /// <param name="since">Points of windows that ended then or later.</param>
    /// <exception cref="FairleadException">Invalid: the project file cannot be read.</exception>
    public async Task<IReadOnlyList<KpiSeries>> ListAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var snapshot = await workspace.ReadAsync(cancellationToken).ConfigureAwait(false);
        var series = new List<KpiSeries>(snapshot.Project.Kpis.Count);
        foreach (var definition in snapshot.Project.Kpis)
            series.Add(await DescribeAsync(definition, since, cancellationToken).ConfigureAwait(false));
        return series;
    }

    /// <inheritdoc cref="ListAsync"/>
    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<KpiSeries> FindAsync(string name, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var snapshot = await workspace.ReadAsync(cancellationToken).ConfigureAwait(false);
        var kpis = snapshot.Project.Kpis;
        var definition = kpis.FirstOrDefault(kpi => kpi.Name == name)
            ?? throw FairleadException.NotFound($"The project file has no KPI '{name}' ({NearestName.Hint(name, [.. kpis.Select(kpi => kpi.Name)])}).");
        return await DescribeAsync(definition, since, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => computing.Dispose();

    /// <summary>The project as it is, or as it last could be read.</summary>
    private async Task<ProjectDefinition> ReadProjectAsync(CancellationToken cancellationToken)
    {
        try
        {
            var read = (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project;
            // The same definitions are the same object, so that the file is compared once.
            return project is { } known && Same(known, read) ? known : project = read;
        }
        catch (FairleadException) when (project is not null)
        {
            // A mistake in the file does not stop what was watched; 'fairlead status' tells of it.
            return project;
        }
    }

    private static bool Same(ProjectDefinition left, ProjectDefinition right) => Text(left) == Text(right);

    private static string Text(ProjectDefinition definition) => string.Join('\n', definition.Kpis.Select(kpi => $"{kpi} {string.Join('\t', kpi.By)} {string.Join('\t', kpi.Environments)}"));

    private async Task<KpiSeries> DescribeAsync(KpiDefinition definition, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var current = await store.FindCurrentAsync(definition.Name, cancellationToken).ConfigureAwait(false);
        var past = await store.ListPastAsync(definition.Name, since, cancellationToken).ConfigureAwait(false);
        return new KpiSeries
        {
            Definition = definition,
            Current = current is not null && IsOf(current, definition) ? current : null,
            History = [.. past.Where(point => IsOf(point, definition))],
        };
    }

    private async Task<int> ComputeAsync(ExpressionSession session, KpiDefinition definition, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestComputation, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var expression = KpiExpression.Check(session, definition);
            await store.SetCurrentAsync(Compute(session, expression, now - definition.Window, now, null, both.Token), cancellationToken).ConfigureAwait(false);
            return 1 + await LookBackAsync(session, expression, now, both.Token).ConfigureAwait(false);
        }
        catch (FairleadException e)
        {
            return await FailAsync(definition, now, e.Message, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await FailAsync(definition, now, $"The KPI '{definition.Name}' takes longer than {LongestComputation.TotalSeconds:0} s; make its window shorter, or its expression simpler.", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> FailAsync(KpiDefinition definition, DateTimeOffset now, string problem, CancellationToken cancellationToken)
    {
        var known = await store.FindCurrentAsync(definition.Name, cancellationToken).ConfigureAwait(false);
        if (known?.Problem != problem)
            Log.KpiFailed(logger, definition.Name, problem);
        await store.SetCurrentAsync(
            new KpiPoint { Kpi = definition.Name, Sql = definition.Sql, From = now - definition.Window, Until = now, ComputedAt = now, Problem = problem }, cancellationToken).ConfigureAwait(false);
        return 0;
    }

    private async Task<int> LookBackAsync(ExpressionSession session, KpiExpression expression, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var definition = expression.Definition;
        var end = DateTimeOffset.UnixEpoch + (definition.Window * ((now - DateTimeOffset.UnixEpoch).Ticks / definition.Window.Ticks));
        var key = $"{definition.Name}\n{definition.Sql}";
        // Every ten minutes, since it reads far back; at once when a window is full.
        if (lookedBack.TryGetValue(key, out var at) && at >= end && at <= now && now - at < OldestWithoutNews)
            return 0;
        var start = end - (definition.Window * Math.Clamp((long)(Horizon / definition.Window), 1, MostWindows));
        var found = KpiReader.ReadFingerprints(session, expression, new KpiScope(definition, start, end), cancellationToken);
        var known = (await store.ListPastAsync(definition.Name, start, cancellationToken).ConfigureAwait(false)).Where(point => IsOf(point, definition)).ToDictionary(point => point.From);
        var computed = 0;
        foreach (var (from, fingerprint) in found.OrderBy(pair => pair.Key))
        {
            if (known.TryGetValue(from, out var point) && !IsOutdated(point, fingerprint, now, definition))
                continue;
            await store.PutPastAsync(Compute(session, expression, from, from + definition.Window, fingerprint, cancellationToken), cancellationToken).ConfigureAwait(false);
            computed++;
        }

        await store.ForgetAsync(definition.Name, now - (definition.Window * KpiStore.Kept), cancellationToken).ConfigureAwait(false);
        lookedBack[key] = now;
        return computed;
    }

    // With fewer rows than before some were removed since, and what they said stays.
    private static bool IsOutdated(KpiPoint point, KpiFingerprint fingerprint, DateTimeOffset now, KpiDefinition definition) =>
        (point.Fingerprint != fingerprint && fingerprint.Rows >= (point.Fingerprint?.Rows ?? 0)) || point.IsProvisional != IsProvisional(point.Until, now, definition);

    private KpiPoint Compute(ExpressionSession session, KpiExpression expression, DateTimeOffset from, DateTimeOffset until, KpiFingerprint? fingerprint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return new KpiPoint
        {
            Kpi = expression.Definition.Name,
            Sql = expression.Definition.Sql,
            From = from,
            Until = until,
            ComputedAt = now,
            IsProvisional = IsProvisional(until, now, expression.Definition),
            Fingerprint = fingerprint,
            Values = KpiReader.Read(session, expression, new KpiScope(expression.Definition, from, until), cancellationToken),
        };
    }

    private static bool IsProvisional(DateTimeOffset until, DateTimeOffset now, KpiDefinition definition) => until + definition.OutcomeDelay > now;

    private static bool IsOf(KpiPoint point, KpiDefinition definition) => point.Sql == definition.Sql && point.Until - point.From == definition.Window;

    private static string ReadNews(ExpressionSession session, CancellationToken cancellationToken)
    {
        using var result = session.Connection.Query(
            """SELECT (SELECT count(*)::VARCHAR || ' ' || coalesce(max("time")::VARCHAR, '') FROM predictions) || ' ' || (SELECT count(*)::VARCHAR || ' ' || coalesce(max(posted)::VARCHAR, '') FROM outcomes)""",
            cancellationToken);
        return result.Read(cancellationToken) ? (string)result.Value(0)! : "";
    }
}
