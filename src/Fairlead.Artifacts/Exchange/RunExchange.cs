using System.Text.Json;
using System.Threading.Channels;
using Fairlead.Artifacts.Registry;
using Fairlead.Artifacts.Registry.Bundles;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Microsoft.Extensions.Logging;

namespace Fairlead.Artifacts.Exchange;

/// <summary>
/// Runs by way of the project's registry: one that succeeded is pushed under its key, and a key that nobody had here is looked for there.
/// A registry that does not answer is left alone for a while, so that no step waits for it again and again.
/// </summary>
public sealed class RunExchange : IRunExchange, IAsyncDisposable
{
    private const int MostOffers = 20_000;
    private const int Workers = 2;
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FetchTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RestTime = TimeSpan.FromMinutes(1);
    private readonly LocalArtifactStore store;
    private readonly RegistryLink link;
    private readonly IRunCatalog runs;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Channel<Run> offers = Channel.CreateBounded<Run>(new BoundedChannelOptions(MostOffers));
    private readonly CancellationTokenSource ending = new();
    private readonly Task working;
    private readonly Lock gate = new();
    private DateTimeOffset restsUntil = DateTimeOffset.MinValue;
    private bool isResting;
    private int open;

    public RunExchange(LocalArtifactStore store, RegistryLink link, IRunCatalog runs, TimeProvider time, ILogger<RunExchange> logger)
    {
        (this.store, this.link, this.runs, this.time, this.logger) = (store, link, runs, time, logger);
        working = Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(OfferAllAsync)));
    }

    /// <summary>How many runs wait to be offered, or are on their way.</summary>
    public int Waiting => Volatile.Read(ref open);

    public async Task<Run?> FindAsync(string series, Digest key, Func<RunId, Run> begin, CancellationToken cancellationToken)
    {
        try
        {
            if (IsResting() || await link.FindAsync(cancellationToken).ConfigureAwait(false) is not { Definition.IsCache: true } found)
                return null;
            var name = NameOf(key);
            using (var look = Limit(LookTime, cancellationToken))
            {
                var isThere = await found.Client.HasManifestAsync(BundleTag.Of(name), look.Token).ConfigureAwait(false);
                Wake();
                if (!isThere)
                    return null;
            }

            using var limit = Limit(FetchTime, cancellationToken);
            Run? remote = null;
            var fetched = await new BundlePuller(store, found.Client, time)
                .PullAsync(name, record => (remote = Read(record, key)) is not null, null, limit.Token).ConfigureAwait(false);
            if (fetched is null || remote is null || !remote.Outputs.All(output => store.Contains(output.Artifact)))
                return null;
            return await AdoptAsync(series, remote, $"{found.Definition.Registry}, {remote.Id} of {remote.Machine}", begin, cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e) when (e.Kind is ProblemKind.Damaged or ProblemKind.Invalid or ProblemKind.Conflict or ProblemKind.NotFound)
        {
            Log.RunRefused(logger, key, e.Message);
            return null;
        }
        catch (Exception e) when (e is FairleadException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Rest(e is OperationCanceledException ? "it takes too long to answer" : e.Message);
            return null;
        }
    }

    public void Offer(Run run)
    {
        // What came from there is there.
        if (run.Status != RunStatus.Succeeded || run.Origin is not null)
            return;
        Interlocked.Increment(ref open);
        // With very many waiting, the newest stay unoffered.
        if (!offers.Writer.TryWrite(run))
            Interlocked.Decrement(ref open);
    }

    /// <summary>What was not offered yet stays unoffered: others compute it themselves.</summary>
    public async ValueTask DisposeAsync()
    {
        offers.Writer.Complete();
        await ending.CancelAsync().ConfigureAwait(false);
        await working.ConfigureAwait(false);
        ending.Dispose();
    }

    private static string NameOf(Digest key) => $"key/{key.Hex}";

    /// <summary>Null when it is not a run with that key: the registry holds what others wrote.</summary>
    private Run? Read(ReadOnlyMemory<byte> record, Digest key)
    {
        try
        {
            if (JsonSerializer.Deserialize(record.Span, DomainJson.Default.Run) is { Status: RunStatus.Succeeded } run && run.Key == key)
                return run;
        }
        catch (JsonException)
        {
            // Like any other record that is none.
        }

        Log.RunRefused(logger, key, "its record is not that of a run with that key");
        return null;
    }

    /// <summary>The remote record with all that it says of the execution, and what belongs to this place in place of that.</summary>
    private async Task<Run> AdoptAsync(string series, Run remote, string origin, Func<RunId, Run> begin, CancellationToken cancellationToken)
    {
        var begun = await runs.StartAsync(series, begin, cancellationToken).ConfigureAwait(false);
        var adopted = remote with
        {
            Id = begun.Id,
            Key = begun.Key,
            KeyParts = begun.KeyParts,
            Commit = begun.Commit,
            Command = begun.Command,
            Parameters = begun.Parameters,
            Inputs = begun.Inputs,
            Variant = begun.Variant,
            StartedAt = begun.StartedAt,
            StartedBy = begun.StartedBy,
            FinishedAt = time.GetUtcNow(),
            Origin = origin,
        };
        await runs.FinishAsync(adopted, CancellationToken.None).ConfigureAwait(false);
        Log.RunAdopted(logger, adopted.Id.ToString(), origin);
        return adopted;
    }

    private async Task OfferAllAsync()
    {
        try
        {
            await foreach (var run in offers.Reader.ReadAllAsync(ending.Token).ConfigureAwait(false))
            {
                await OfferAsync(run, ending.Token).ConfigureAwait(false);
                Interlocked.Decrement(ref open);
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }

    private async Task OfferAsync(Run run, CancellationToken cancellationToken)
    {
        try
        {
            if (IsResting() || await link.FindAsync(cancellationToken).ConfigureAwait(false) is not { Definition.IsCache: true } found)
                return;
            var name = NameOf(run.Key);
            if (!await found.Client.HasManifestAsync(BundleTag.Of(name), cancellationToken).ConfigureAwait(false))
                await new BundlePusher(store, found.Client, time).PushAsync(BundleNames.OfRun(name, run), null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FairleadException { Kind: ProblemKind.Unavailable })
        {
            Rest(e.Message);
        }
        catch (Exception e) when (e is FairleadException or IOException)
        {
            Log.RunNotOffered(logger, run.Id.ToString(), e.Message);
        }
    }

    private bool IsResting()
    {
        lock (gate)
            return time.GetUtcNow() < restsUntil;
    }

    /// <summary>It answers.</summary>
    private void Wake()
    {
        lock (gate)
        {
            if (isResting)
                Log.ExchangeAvailable(logger);
            isResting = false;
        }
    }

    private void Rest(string reason)
    {
        lock (gate)
        {
            if (!isResting)
                Log.ExchangeUnavailable(logger, reason);
            (isResting, restsUntil) = (true, time.GetUtcNow() + RestTime);
        }
    }

    private CancellationTokenSource Limit(TimeSpan span, CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(span);
        return limit;
    }
}
