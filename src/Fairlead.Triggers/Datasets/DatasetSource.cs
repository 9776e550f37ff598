using System.Globalization;
using System.Text.Json.Nodes;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Datasets;

/// <summary>New versions of a dataset; where the files are watched too, what changed is registered once two looks found the same.</summary>
internal sealed class DatasetSource(TriggerContext trigger, IDatasetCatalog catalog, IWatchedDatasets files) : ITriggerSource
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(2);
    private readonly string dataset = trigger.Settings.Required("dataset");
    private readonly bool isWatched = trigger.Settings.Flag("watch");
    private string? registered;
    private string? changing;

    public string Source => dataset;

    public TimeSpan? Interval => trigger.Settings.Duration("interval") ?? DefaultInterval;

    public async Task<TriggerLook?> LookAsync(string? cursor, CancellationToken cancellationToken)
    {
        if (isWatched)
            await RegisterAsync(cancellationToken).ConfigureAwait(false);
        var versions = await catalog.ListAsync(dataset, cancellationToken).ConfigureAwait(false);
        var newest = versions.Count == 0 ? 0 : versions[0].Number;
        if (cursor is not null && Number(cursor) >= newest)
            return null;
        IEnumerable<DatasetVersion> fresh = cursor is null ? [] : versions.Where(version => version.Number > Number(cursor)).OrderBy(version => version.Number);
        return new TriggerLook(newest.ToString(CultureInfo.InvariantCulture), [.. fresh.Select(Order)]);
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var look = await files.LookAsync(dataset, cancellationToken).ConfigureAwait(false);
        if (look is null || look == registered)
            return;
        // Somebody may be writing still.
        if (look != changing)
        {
            changing = look;
            return;
        }

        await files.RegisterAsync(dataset, cancellationToken).ConfigureAwait(false);
        registered = look;
    }

    private FiringOrder Order(DatasetVersion version)
    {
        var cause = new ExecutionCause("dataset", version.RegisteredBy, $"{version.Label} was registered.");
        var data = new JsonObject { ["dataset"] = dataset, ["version"] = version.Number, ["digest"] = version.Artifact.Digest.ToString() };
        return trigger.Fire(version.Label, version.RegisteredAt, cause, data);
    }

    private static int Number(string cursor) => int.Parse(cursor, CultureInfo.InvariantCulture);
}
