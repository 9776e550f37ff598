using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Fairlead.Artifacts;
using Fairlead.Artifacts.Keeping;
using Fairlead.Artifacts.Registry;
using Fairlead.Artifacts.Registry.Bundles;
using Fairlead.Catalog;
using Fairlead.Delivery;
using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Environments;
using Fairlead.Delivery.Measures;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Models;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Scoring;
using Fairlead.Identity.Audit;
using Fairlead.Identity.Links;
using Fairlead.Identity.Tokens;
using Fairlead.Identity.Users;
using Fairlead.Monitoring.Alerts;
using Fairlead.Monitoring.Canaries;
using Fairlead.Monitoring.Drift;
using Fairlead.Monitoring.Drift.Watching;
using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Kpis;
using Fairlead.Notices;
using Fairlead.Notices.Outbox;
using Fairlead.Pipelines.Judgments;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Keeping;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tracing;
using Fairlead.Replay.Running;
using Fairlead.Replay.Verification;
using Fairlead.Steps;
using Fairlead.Steps.Annotations;
using Fairlead.Steps.Comparison;
using Fairlead.Steps.Datasets.Inspecting;
using Fairlead.Sweeps.Running;
using Fairlead.Triggers.Running;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Web.Tests.Pages;

/// <summary>The pages over a real catalog, a real store, a real log and a real socket, in a folder of their own.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private PageServer(WebApplication app, StateFolder folder, SqliteCatalog catalog, LocalArtifactStore store)
    {
        this.app = app;
        Folder = folder;
        Catalog = catalog;
        Store = store;
    }

    public StateFolder Folder { get; }

    public SqliteCatalog Catalog { get; }

    public LocalArtifactStore Store { get; }

    public HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

    public static async Task<PageServer> StartAsync()
    {
        var folder = new StateFolder(Directory.CreateTempSubdirectory("fairlead-web-").FullName);
        var catalog = SqliteCatalog.Open(folder.CatalogFile, TimeProvider.System);
        var store = LocalArtifactStore.Open(folder.Store, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorComponents();
        AddSeams(builder.Services, folder, catalog, store);
        builder.Services
            .AddDelivery()
            .AddSingleton<SegmentManifest>()
            .AddSingleton<LogCompactor>()
            .AddSingleton<PredictionStore>()
            .AddSingleton<CatalogTables>()
            .AddSingleton<RunNotebook>()
            .AddSingleton<IRunAnnotations>(services => services.GetRequiredService<RunNotebook>())
            .AddSingleton<RunComparer>()
            .AddSingleton<RunExplainer>()
            .AddSingleton<RunSearch>()
            .AddSingleton<PredictionQuery>()
            .AddSingleton<PredictionLookup>()
            .AddSingleton<PredictionTracer>()
            .AddSingleton<ErasedPredictions>()
            .AddSingleton<IScorerFactory, UnreadyScorers>()
            .AddSingleton<DriftStore>()
            .AddSingleton<DriftAnalyzer>()
            .AddSingleton<SavedQueries>()
            .AddSingleton<ReplayCatalog>()
            .AddSingleton<SweepCatalog>()
            .AddSingleton<VerificationCatalog>()
            .AddSingleton<LineageTracer>()
            .AddSingleton<PredictionVerifier>()
            .AddSingleton<PredictionAnalysis>()
            .AddSingleton<ExperimentDesk>()
            .AddSingleton<KpiDesk>()
            .AddSingleton(new NoticeOptions(new Uri("http://localhost:7070")))
            .AddSingleton<INoticeOutbox, NoticeOutbox>()
            .AddSingleton<NoticeDesk>()
            .AddSingleton<AlertDesk>()
            .AddSingleton<Func<IReadOnlyList<HostReport>>>(() => [])
            .AddSingleton<IExperimentTraffic>(services => services.GetRequiredService<Deployer>())
            .AddSingleton<UserDesk>()
            .AddSingleton<TokenCheck>()
            .AddSingleton<PrincipalReader>()
            .AddSingleton<IPrincipalReader>(services => services.GetRequiredService<PrincipalReader>())
            .AddSingleton<LinkCheck>()
            .AddSingleton(services => new JudgmentLinks(new Uri("http://localhost:7070"), new byte[32], TimeProvider.System))
            .AddSingleton<DeliveryReader>()
            .AddSingleton<ICommitLog, NoCommits>()
            .AddSingleton<FailedAttempts>()
            .AddSingleton<Sessions>()
            .AddSingleton<AuditDesk>()
            .AddSingleton<StatusReader>()
            .AddSingleton<UnmatchedOutcomes>()
            .AddSingleton<PredictionInventory>()
            .AddSingleton<PredictionCheckRecords>()
            .AddSingleton<StoreCheckRecords>()
            .AddSingleton<StoreReader>()
            .AddSingleton(NewStoreDesk(catalog, store))
            .AddSingleton<FileSwitch>()
            .AddSingleton<UnitErasure>()
            .AddSingleton(new ControlIdentity("http://localhost:7070", "http://localhost:7071", 4711));
        AddAbsent<JudgmentDesk>(builder.Services);
        AddAbsent<EnvironmentDesk>(builder.Services);
        AddAbsent<CanaryDesk>(builder.Services);
        AddAbsent<TriggerDesk>(builder.Services);
        AddAbsent<StepEngine>(builder.Services);
        AddAbsent<DatasetInspector>(builder.Services);
        var server = new PageServer(builder.Build(), folder, catalog, store);
        server.app.MapPages();
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        server.Client.BaseAddress = new Uri(server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    public async Task<(HttpStatusCode Status, IHtmlDocument Page)> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        return (response.StatusCode, new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await Catalog.DisposeAsync();
        Store.Dispose();
        Directory.Delete(Folder.ProjectRoot, recursive: true);
    }

    private static IStoreDesk NewStoreDesk(SqliteCatalog catalog, LocalArtifactStore store)
    {
        var link = new RegistryLink(store, _ => Task.FromResult<StoreDefinition?>(null), _ => throw new InvalidOperationException("There is no registry."), TimeProvider.System);
        return new StoreDesk(
            new StoreCleaner(store, catalog, catalog, catalog.References, TimeProvider.System, NullLogger<StoreCleaner>.Instance),
            new StoreUsage(store, catalog, catalog, catalog.References),
            new StoreExamination(store, catalog, catalog, catalog, catalog, catalog.References, link, NullLogger<StoreExamination>.Instance),
            new BundleDesk(store, link, catalog, catalog, catalog, catalog, TimeProvider.System));
    }

    /// <summary>Known to the endpoints, and not there: the pages that ask for it are tested with their views.</summary>
    private static void AddAbsent<T>(IServiceCollection services)
        where T : class => services.AddSingleton<T>(_ => throw new InvalidOperationException($"There is no {typeof(T).Name} behind these pages."));

    private static void AddSeams(IServiceCollection services, StateFolder folder, SqliteCatalog catalog, LocalArtifactStore store) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(folder)
        .AddSingleton<IWorkspace>(new UnreadableWorkspace(folder.ProjectRoot))
        .AddSingleton<ISegmentCatalog>(catalog)
        .AddSingleton<IServerGroupCatalog>(catalog)
        .AddSingleton(catalog.Records)
        .AddSingleton(catalog.Executions)
        .AddSingleton(catalog.Notices)
        .AddSingleton(catalog.Users)
        .AddSingleton(catalog.Audit)
        .AddSingleton<IReleaseCatalog>(catalog)
        .AddSingleton<IRunCatalog>(catalog)
        .AddSingleton<IDatasetCatalog>(catalog)
        .AddSingleton<IModelCatalog>(catalog)
        .AddSingleton<IArtifactStore>(store);
}
