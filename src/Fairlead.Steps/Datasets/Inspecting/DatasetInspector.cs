using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Domain.Serialization;
using Fairlead.Steps.Keys;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Datasets.Inspecting;

/// <summary>Knows what is in versions of datasets: profiles, checks and differences, each made once for what it is of, in processes of their own.</summary>
public sealed class DatasetInspector : IAsyncDisposable
{
    private const string Passed = "passed";
    private const string Failed = "failed";
    private readonly IArtifactStore store;
    private readonly IRecordCatalog records;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly DatasetProcessRunner processes;
    private readonly KeyLocks locks = new();
    private readonly HashSet<Digest> described = [];
    private readonly Channel<DatasetVersion> queue = Channel.CreateUnbounded<DatasetVersion>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;

    /// <param name="options">Those of the engine.</param>
    public DatasetInspector(IArtifactStore store, IRecordCatalog records, StepEngineOptions options, TimeProvider time, ILogger<DatasetInspector> logger)
    {
        options.Validate();
        (this.store, this.records, this.time, this.logger) = (store, records, time, logger);
        processes = new DatasetProcessRunner(store, options, time, logger);
        work = Task.Run(WorkAsync);
    }

    /// <summary>Has a profile made in the background unless there is one.</summary>
    public void Describe(DatasetVersion version)
    {
        lock (described)
        {
            if (described.Add(version.Artifact.Digest))
                queue.Writer.TryWrite(version);
        }
    }

    /// <summary>The profile if it was made; null when it was not yet.</summary>
    /// <exception cref="FairleadException">Failed: none can be made, with the reason.</exception>
    public async Task<DatasetProfile?> FindProfileAsync(ArtifactRef data, CancellationToken cancellationToken)
    {
        var record = await records.FindLatestAsync(RecordKind.DatasetProfile, data.Digest.Hex, cancellationToken);
        if (record is null)
            return null;
        var kept = Read(record.Document, DomainJson.Default.ProfileRecord);
        if (kept.Profile is null)
            throw FairleadException.Failed(kept.Error ?? "The data cannot be described.");
        // Removed from the store, it is made again.
        return store.Contains(kept.Profile) ? JsonSerializer.Deserialize(await store.ReadAsync(kept.Profile.Digest, cancellationToken), DomainJson.Default.DatasetAnswer)?.Profile : null;
    }

    /// <summary>The profile, made now if it was not yet.</summary>
    /// <exception cref="FairleadException">Failed: none can be made, with the reason; NotFound: the data is not in the store any more.</exception>
    public async Task<DatasetProfile> ProfileAsync(ArtifactRef data, CancellationToken cancellationToken)
    {
        using var held = await locks.AcquireAsync($"profile {data.Digest}", cancellationToken);
        if (await FindProfileAsync(data, cancellationToken) is { } known)
            return known;
        RequireStored(data);
        try
        {
            var (answer, blob) = await processes.RunAsync(new DatasetOrder { Task = DatasetTask.Profile }, new Dictionary<string, ArtifactRef> { ["data"] = data }, cancellationToken);
            await KeepAsync(RecordKind.DatasetProfile, data.Digest.Hex, Passed, new ProfileRecord(blob, null), DomainJson.Default.ProfileRecord, cancellationToken);
            return answer.Profile ?? throw new InvalidOperationException("The process that reads data answered something else.");
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Failed)
        {
            await KeepAsync(RecordKind.DatasetProfile, data.Digest.Hex, Failed, new ProfileRecord(null, e.Message), DomainJson.Default.ProfileRecord, cancellationToken);
            throw;
        }
    }

    /// <summary>What of data is not as its definition expects; nothing when all is.</summary>
    /// <exception cref="FairleadException">Failed: the data cannot be read.</exception>
    public async Task<IReadOnlyList<DatasetFailure>> CheckAsync(DatasetDefinition dataset, ArtifactRef data, CancellationToken cancellationToken)
    {
        var order = new DatasetOrder { Task = DatasetTask.Check, Expect = dataset.Expect, Schema = dataset.Schema };
        var name = $"{data.Digest.Hex} {Digest.Of(JsonSerializer.SerializeToUtf8Bytes(order, DomainJson.Default.DatasetOrder)).Hex}";
        using var held = await locks.AcquireAsync($"check {name}", cancellationToken);
        if (await records.FindLatestAsync(RecordKind.DatasetCheck, name, cancellationToken) is { } record)
            return Read(record.Document, DomainJson.Default.CheckRecord).Failures;
        IReadOnlyList<DatasetFailure> failures;
        try
        {
            (var answer, _) = await processes.RunAsync(order, new Dictionary<string, ArtifactRef> { ["data"] = data }, cancellationToken);
            failures = answer.Failures ?? throw new InvalidOperationException("The process that reads data answered something else.");
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Failed)
        {
            throw FairleadException.Failed($"The dataset '{dataset.Name}' cannot be checked: {e.Message}");
        }

        await KeepAsync(RecordKind.DatasetCheck, name, failures.Count == 0 ? Passed : Failed, new CheckRecord(failures), DomainJson.Default.CheckRecord, cancellationToken);
        return failures;
    }

    /// <summary>How two versions differ.</summary>
    /// <param name="key">Columns that tell rows apart, or none.</param>
    /// <exception cref="FairleadException">Failed: one cannot be read, or lacks a column of the key; NotFound: one is not in the store any more.</exception>
    public async Task<DatasetDifference> CompareAsync(DatasetVersion left, DatasetVersion right, IReadOnlyList<string> key, CancellationToken cancellationToken)
    {
        var order = new DatasetOrder { Task = DatasetTask.Compare, Key = key };
        var name = $"{left.Artifact.Digest.Hex} {right.Artifact.Digest.Hex} {string.Join(',', key)}";
        using var held = await locks.AcquireAsync($"compare {name}", cancellationToken);
        if (await records.FindLatestAsync(RecordKind.DatasetDifference, name, cancellationToken) is { } record)
            return Named(Read(record.Document, DomainJson.Default.DatasetDifference));
        RequireStored(left.Artifact);
        RequireStored(right.Artifact);
        var inputs = new Dictionary<string, ArtifactRef> { ["left"] = left.Artifact, ["right"] = right.Artifact };
        (var answer, _) = await processes.RunAsync(order, inputs, cancellationToken);
        var difference = answer.Difference ?? throw new InvalidOperationException("The process that reads data answered something else.");
        await KeepAsync(RecordKind.DatasetDifference, name, Passed, difference, DomainJson.Default.DatasetDifference, cancellationToken);
        return Named(difference);

        DatasetDifference Named(DatasetDifference known) => known with { Left = left.Label, Right = right.Label };
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stop.CancelAsync();
        await work;
        stop.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var version in queue.Reader.ReadAllAsync(stop.Token))
                await DescribeAsync(version);
        }
        catch (OperationCanceledException)
        {
            // The program ends; what was not described is so when it is next asked for.
        }
    }

    private async Task DescribeAsync(DatasetVersion version)
    {
        try
        {
            if (await records.FindLatestAsync(RecordKind.DatasetProfile, version.Artifact.Digest.Hex, stop.Token) is null)
                await ProfileAsync(version.Artifact, stop.Token);
        }
        catch (FairleadException e)
        {
            Log.NotDescribed(logger, version.Label, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.DescriptionFailed(logger, e, version.Label);
        }
    }

    private void RequireStored(ArtifactRef data)
    {
        if (!store.Contains(data))
            throw FairleadException.NotFound($"The data '{data.Digest}' is not in the store any more; register it again where it still is.");
    }

    private Task<CatalogRecord> KeepAsync<T>(
        RecordKind kind, string name, string status, T document, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        records.AddAsync(kind, name, status, time.GetUtcNow(), _ => JsonSerializer.Serialize(document, type), cancellationToken);

    private static T Read<T>(string document, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(document, type) ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"A record of {typeof(T).Name} is empty."));
}
