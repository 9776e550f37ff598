using System.Text.Encodings.Web;
using System.Text.Json.Serialization.Metadata;
using System.Text.Json.Serialization;
using System.Text.Json;
using Fairlead.Delivery.Measures;
using Fairlead.Delivery.Serialization;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Scheduling;
using Fairlead.Domain.Serialization;
using Fairlead.Identity;
using Fairlead.Identity.Audit;
using Fairlead.Identity.Groups;
using Fairlead.Identity.Links;
using Fairlead.Identity.Tokens;
using Fairlead.Identity.Users;
using Fairlead.Monitoring.Alerts;
using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Kpis;
using Fairlead.Notices;
using Fairlead.Pipelines.Planning;
using Fairlead.Predictions.Query;
using Fairlead.Replay;
using Fairlead.Replay.Verification;
using Fairlead.Predictions.Keeping;
using Fairlead.Steps;
using Fairlead.Sweeps;
using Fairlead.Triggers;
using Fairlead.Web.Contracts;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Metrics;
using Fairlead.Web.Pages;
using Fairlead.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Web;

/// <summary>The control plane's HTTP side: what it needs, and the order in which a request passes through it.</summary>
public static class WebModule
{
    public static IServiceCollection AddFairleadWeb(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            IJsonTypeInfoResolver[] contexts = [DomainJson.Default, WebJson.Default, PipelineJson.Default, PlanningJson.Default, TriggerJson.Default, StepsJson.Default, SweepJson.Default, DeliveryJson.Default, KeepingJson.Default, SavedQueriesJson.Default, ExperimentJson.Default, KpiJson.Default, AlertJson.Default, NoticesJson.Default, ReplayJson.Default, VerificationJson.Default, IdentityJson.Default];
            for (var i = 0; i < contexts.Length; i++)
                options.SerializerOptions.TypeInfoResolverChain.Insert(i, contexts[i]);
            // Converters and conditions belong to the options, not to the contexts that are chained into them.
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        // What cannot be bound is told like every other problem, not by an empty answer.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSingleton<UserDesk>();
        services.AddSingleton<PrincipalReader>();
        services.AddSingleton<IPrincipalReader>(provider => provider.GetRequiredService<PrincipalReader>());
        services.AddSingleton<GroupDesk>();
        services.AddSingleton<LinkCheck>();
        services.AddSingleton<DeliveryReader>();
        services.AddSingleton<AuditDesk>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<TokenCheck>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<CallerReader>();
        services.AddSingleton<DeployGate>();
        services.AddSingleton<StatusReader>();
        services.AddSingleton<MeasuredInstruments>();
        services.AddSingleton<ControlMetrics>();
        services.AddSingleton<RunSearch>();
        services.AddSingleton<StoreCheck>();
        services.AddSingleton<StoreCheckRecords>();
        services.AddSingleton<StoreReader>();
        services.AddRazorComponents();
        services.AddOpenApi();
        return services;
    }

    public static void UseFairleadWeb(this WebApplication app)
    {
        // Outermost, so that whatever fails further in is answered in one form.
        app.UseMiddleware<ProblemHandler>();
        // What was measured before the first scrape counts, too.
        app.Services.GetRequiredService<MeasuredInstruments>();
        // Before routing: what a page of another site could send goes no further.
        app.UseMiddleware<RequestGuard>();
        app.UseRouting();
        // After routing, as what a caller may depends on what is asked for; whoever is nobody gets one answer whatever exists.
        app.UseMiddleware<AccessGate>();
        MapEndpoints(app);
    }

    private static void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapStatus();
        routes.MapMetrics();
        routes.MapDatasets();
        routes.MapRuns();
        routes.MapShells();
        routes.MapGraph();
        routes.MapRunRecords();
        routes.MapSweeps();
        routes.MapReleases();
        routes.MapEnvironments();
        routes.MapSecrets();
        routes.MapDeployments();
        routes.MapServerGroups();
        routes.MapRollouts();
        routes.MapDelivery();
        routes.MapLogs();
        routes.MapExecutions();
        routes.MapTriggers();
        routes.MapJudgments();
        routes.MapHosts();
        routes.MapPredictions();
        routes.MapKeeping();
        routes.MapOutcomes();
        routes.MapQuery();
        routes.MapDrift();
        routes.MapExperiments();
        routes.MapKpis();
        routes.MapAlerts();
        routes.MapNotices();
        routes.MapChat();
        routes.MapReplays();
        routes.MapCanaries();
        routes.MapTraces();
        routes.MapVerifications();
        routes.MapLoadInputs();
        routes.MapStore();
        routes.MapUsers();
        routes.MapGroups();
        routes.MapAudit();
        routes.MapDocuments();
        routes.MapOpenApi();
        routes.MapPages();
    }
}
