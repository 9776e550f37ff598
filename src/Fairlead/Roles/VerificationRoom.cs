using Fairlead.Contracts.Payloads;
using Fairlead.Domain.Projects;
using Fairlead.Inference.Scoring;
using Fairlead.Platforms.Local.Instances;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Keeping;
using Fairlead.Replay.Rebuilding;
using Fairlead.Replay.Scoring;
using Fairlead.Replay.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts together what verifications need of the other rooms.</summary>
internal sealed class VerificationRoom
{
    private const string Folder = "verifications";
    private readonly VerificationCatalog verifications;
    private readonly PredictionVerifier verifier;
    private readonly RebuildVerifier rebuilds;

    public VerificationRoom(ControlRooms rooms, StateFolder state, TimeProvider time, ILoggerFactory loggers)
    {
        var catalog = rooms.Catalog;
        // Apart from those of the host and of replays: a folder has one platform.
        var platform = new LocalInstancePlatform(new StateFolder(Path.Combine(state.Root, Folder)), rooms.Store, time, loggers, rooms.Secrets);
        var scorers = new ServiceScorerFactory(new ModelScorerFactory(rooms.Runtime, rooms.Store, time), new InstanceScorerFactory(platform, rooms.Store, new PayloadReaders(), new PayloadWriters(), time));
        verifications = new VerificationCatalog(catalog.Records);
        verifier = new PredictionVerifier(new PredictionAnalysis(rooms.Predictions, state), catalog.ServerGroups, scorers, verifications, new ErasedPredictions(state, catalog.Records), time);
        rebuilds = new RebuildVerifier(verifier, rooms.Rebuilder, catalog.Runs);
        Nightly = new NightlyVerification(verifier, verifications, catalog.ServerGroups, time, loggers.CreateLogger<NightlyVerification>());
    }

    public NightlyVerification Nightly { get; }

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(verifications);
        services.AddSingleton(verifier);
        services.AddSingleton(rebuilds);
    }
}
