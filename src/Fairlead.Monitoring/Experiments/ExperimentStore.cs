using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Monitoring.Experiments;

/// <summary>Experiments as documents of the catalog.</summary>
internal sealed class ExperimentStore(IRecordCatalog records)
{
    private const int MostListed = 1000;
    private const int Hinted = 100;

    public async Task<IReadOnlyList<Experiment>> ListAsync(CancellationToken cancellationToken)
    {
        var found = await records.ListAsync(RecordKind.Experiment, new RecordFilter { Limit = MostListed }, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(Read)];
    }

    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<Experiment> GetAsync(string name, CancellationToken cancellationToken) =>
        Read(await FindAsync(name, cancellationToken).ConfigureAwait(false));

    /// <exception cref="FairleadException">Conflict: the name is taken.</exception>
    public async Task AddAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        if (await records.FindLatestAsync(RecordKind.Experiment, experiment.Name, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw FairleadException.Conflict(
                $"There was an experiment '{experiment.Name}' before, whose units would fall to the same arms again: give this one another name.");
        }

        await records.AddAsync(RecordKind.Experiment, experiment.Name, Word(experiment.Status), experiment.StartedAt, _ => Write(experiment), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Replaces what is stored under its name.</summary>
    public async Task UpdateAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        var record = await FindAsync(experiment.Name, cancellationToken).ConfigureAwait(false);
        await records.UpdateAsync(RecordKind.Experiment, record.Number, Word(experiment.Status), Write(experiment), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>For one that never assigned a unit.</summary>
    public Task RemoveAsync(Experiment experiment, CancellationToken cancellationToken) =>
        records.RemoveAsync(RecordKind.Experiment, experiment.Name, experiment.StartedAt + TimeSpan.FromMilliseconds(1), cancellationToken);

    private async Task<CatalogRecord> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (await records.FindLatestAsync(RecordKind.Experiment, name, cancellationToken).ConfigureAwait(false) is { } record)
            return record;
        var known = await records.ListAsync(RecordKind.Experiment, new RecordFilter { Limit = Hinted }, cancellationToken).ConfigureAwait(false);
        throw FairleadException.NotFound($"There is no experiment '{name}' ({NearestName.Hint(name, [.. known.Select(other => other.Name).Distinct()])}).");
    }

    private static Experiment Read(CatalogRecord record) => JsonSerializer.Deserialize(record.Document, ExperimentJson.Default.Experiment)
        ?? throw FairleadException.Damaged($"The record of the experiment '{record.Name}' is empty; restore the catalog from a backup.");

    private static string Write(Experiment experiment) => JsonSerializer.Serialize(experiment, ExperimentJson.Default.Experiment);

    private static string Word(ExperimentStatus status) => status.ToString().ToLowerInvariant();
}
