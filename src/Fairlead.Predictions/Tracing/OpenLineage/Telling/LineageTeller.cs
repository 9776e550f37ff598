using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Tracing.OpenLineage.Telling;

/// <summary>
/// Tells runs, releases and deployments as they happen to where the project file says, in their order, each at least once: events wait in the catalog until they
/// are taken, and again with growing pauses, for a month.
/// </summary>
/// <param name="http">Does not follow redirects; has a time limit.</param>
/// <param name="secrets">The value of an environment variable, or null.</param>
public sealed class LineageTeller(
    IWorkspace workspace, IServerGroupCatalog groups, IReleaseCatalog releases, IRunCatalog runs, IModelCatalog models, IDatasetCatalog datasets, IRecordCatalog records,
    HttpClient http, Func<string, string?> secrets, TimeProvider time, ILogger<LineageTeller> logger)
{
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(30);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(60);
    private readonly LineageQueue queue = new(records);
    private LineageChanges changes = new(groups, releases, runs);
    private HashSet<string>? queued;
    private DateTimeOffset nextAt;
    private ProjectDefinition? last;

    /// <summary>Puts what happened into the queue, and sends what is due.</summary>
    /// <returns>How many events were taken.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var project = await ReadProjectAsync(cancellationToken).ConfigureAwait(false);
        if (project?.Lineage is not { } lineage)
            return 0;
        await CollectAsync(project, lineage, cancellationToken).ConfigureAwait(false);
        return DeliveryPauses.IsDue(nextAt, time.GetUtcNow()) ? await DeliverAsync(lineage, cancellationToken).ConfigureAwait(false) : 0;
    }

    // As it last could be read: a mistake in the file, which others tell of, does not stop what is told.
    private async Task<ProjectDefinition?> ReadProjectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return last = (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project;
        }
        catch (FairleadException)
        {
            return last;
        }
    }

    private async Task CollectAsync(ProjectDefinition project, LineageDefinition lineage, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var begin = await queue.BeginAsync(now, cancellationToken).ConfigureAwait(false);
        var since = begin > now - GivenUpAfter ? begin : now - GivenUpAfter;
        queued ??= [.. await queue.ListKeysAsync(since, cancellationToken).ConfigureAwait(false)];
        if (!await changes.LookAsync(cancellationToken).ConfigureAwait(false))
            return;
        try
        {
            var index = await LineageIndex.ReadAsync(groups, releases, runs, models, datasets, cancellationToken).ConfigureAwait(false);
            var events = new OpenLineageEvents(index, project.Name, lineage.Namespace);
            var from = OpenLineageFacets.Time(since);
            foreach (var told in events.OfAll().Where(told => string.CompareOrdinal(OpenLineageEvents.TimeOf(told), from) >= 0).OrderBy(OpenLineageEvents.TimeOf, StringComparer.Ordinal))
            {
                var key = KeyOf(told);
                if (queued.Contains(key))
                    continue;
                await queue.AddAsync(new LineageNotice { Key = key, Event = told.ToJsonString() }, now, cancellationToken).ConfigureAwait(false);
                queued.Add(key);
            }
        }
        catch
        {
            // What was noticed is not in the queue yet: it must be noticed again.
            changes = new LineageChanges(groups, releases, runs);
            throw;
        }

        await queue.ForgetAsync(now - KeptFor, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> DeliverAsync(LineageDefinition lineage, CancellationToken cancellationToken)
    {
        var delivered = 0;
        foreach (var (number, at, notice) in await queue.ListWaitingAsync(cancellationToken).ConfigureAwait(false))
        {
            var (error, isRefused) = await TryAsync(lineage, notice.Event, cancellationToken).ConfigureAwait(false);
            var now = time.GetUtcNow();
            var tried = notice with { Attempts = notice.Attempts + 1, Error = error };
            if (error is null)
            {
                delivered++;
                await queue.UpdateAsync(number, tried with { Event = "", DeliveredAt = now }, LineageNoticeStatus.Delivered, cancellationToken).ConfigureAwait(false);
            }
            else if (isRefused || now - at >= GivenUpAfter)
            {
                Log.EventGivenUp(logger, notice.Key, lineage.Target, error);
                await queue.UpdateAsync(number, tried, LineageNoticeStatus.Failed, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                // Those behind it wait as well: an end must not be told before its begin.
                nextAt = DeliveryPauses.NextAt(tried.Attempts, now);
                Log.EventWaits(logger, lineage.Target, tried.Attempts, error);
                await queue.UpdateAsync(number, tried, LineageNoticeStatus.Waiting, cancellationToken).ConfigureAwait(false);
                return delivered;
            }
        }

        return delivered;
    }

    /// <summary>Null when it was taken.</summary>
    private async Task<(string? Error, bool IsRefused)> TryAsync(LineageDefinition lineage, string told, CancellationToken cancellationToken)
    {
        try
        {
            if (lineage.Collector is not { } collector)
            {
                await AppendAsync(lineage.Target, told, cancellationToken).ConfigureAwait(false);
                return (null, false);
            }

            var key = lineage.KeyVariable is { } variable ? secrets(variable) : null;
            if (lineage.KeyVariable is not null && string.IsNullOrEmpty(key))
                return ($"the environment variable '{lineage.KeyVariable}' with the key is not set where the control plane runs", false);
            var authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
            return ((await new OpenLineageSender(http, collector, time).TryAsync(told, authorization, cancellationToken).ConfigureAwait(false)).Reason, false);
        }
        catch (FairleadException e)
        {
            return (e.Message, e.Kind == ProblemKind.Failed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (e.Message, false);
        }
    }

    private async Task AppendAsync(string target, string told, CancellationToken cancellationToken)
    {
        var path = Path.Combine(workspace.Root, target);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(told + "\n"), cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
    }

    private static string KeyOf(JsonObject told) => $"{told["run"]!["runId"]} {told["eventType"]}";
}
