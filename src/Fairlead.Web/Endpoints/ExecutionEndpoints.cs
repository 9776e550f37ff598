using System.Text.Json;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Driving;
using Fairlead.Pipelines.Planning;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

internal static class ExecutionEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 10_000;
    private const int MostEvents = 10_000;

    public static void MapExecutions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/pipelines", ListPipelinesAsync).WithTags("executions").WithSummary("The pipelines of the project file.");
        var group = routes.MapGroup("/api/executions").WithTags("executions");
        group.MapPost("", StartAsync).WithSummary("Begins an execution of a pipeline, when its turn comes.");
        group.MapPost("plan", PlanAsync).WithSummary("What an execution would do; nothing is begun.");
        group.MapGet("", ListAsync).WithSummary("Lists executions, newest first.");
        group.MapGet("{number:int}", FindAsync).WithSummary("One execution: what it executes, and how each stage stands.");
        group.MapGet("{number:int}/events", ListEventsAsync).WithSummary("Everything that happened to an execution, in order.");
        group.MapPost("{number:int}/watch", WatchAsync).WithSummary("Answers JSON lines: the execution at each change, until it has ended.");
        group.MapPost("{number:int}/pause", (int number, ExecutionRequestBody body, PipelineEngine engine, CancellationToken cancellationToken) => RequestAsync(number, ExecutionEventKind.Paused, body, engine, cancellationToken)).WithSummary("Nothing further begins until it is resumed.");
        group.MapPost("{number:int}/resume", (int number, ExecutionRequestBody body, PipelineEngine engine, CancellationToken cancellationToken) => RequestAsync(number, ExecutionEventKind.Resumed, body, engine, cancellationToken)).WithSummary("Goes on after a pause.");
        group.MapPost("{number:int}/cancel", (int number, ExecutionRequestBody body, PipelineEngine engine, CancellationToken cancellationToken) => RequestAsync(number, ExecutionEventKind.CancelRequested, body, engine, cancellationToken)).WithSummary("Ends it and cleans up what was interrupted.");
        group.MapPost("{number:int}/restart", (int number, ExecutionRequestBody body, PipelineEngine engine, CancellationToken cancellationToken) => RequestAsync(number, ExecutionEventKind.RestartRequested, body, engine, cancellationToken)).WithSummary("Runs a stage again with what comes after it, and what did not succeed.");
        group.MapPost("{number:int}/end", (int number, ExecutionRequestBody body, PipelineEngine engine, CancellationToken cancellationToken) => RequestAsync(number, ExecutionEventKind.ForceEnded, body, engine, cancellationToken)).WithSummary("Ends it now, with nothing cleaned up.");
        group.MapPost("{number:int}/stages/{stage}/callback", CallBackAsync).WithSummary("What the receiver of a webhook has to say; to the URL that came with the call.");
    }

    private static async Task<Ok<IReadOnlyList<PipelineOverview>>> ListPipelinesAsync(IWorkspace workspace, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<PipelineOverview>>([.. (await workspace.ReadAsync(cancellationToken)).Project.Pipelines.Select(PipelineOverview.Of)]);

    private static async Task<Ok<ExecutionStartAnswer>> StartAsync(ExecutionBody body, PipelineEngine engine, CancellationToken cancellationToken)
    {
        var cause = new ExecutionCause("manual", Callers.Name(body.User), body.Detail) { Entry = Acting.Current?.Cause };
        var plan = await engine.PlanAsync(OrderOf(body, cause), cancellationToken);
        PipelineRights.Require(plan, Callers.Principal);
        return TypedResults.Ok(new ExecutionStartAnswer(await engine.StartAsync(plan, cancellationToken)));
    }

    private static async Task<Ok<IReadOnlyList<PlannedStage>>> PlanAsync(ExecutionBody body, PipelineEngine engine, CancellationToken cancellationToken) =>
        TypedResults.Ok(DryRun.Describe(await engine.PlanAsync(OrderOf(body, new ExecutionCause("manual", Callers.Name(body.User))), cancellationToken)));

    private static ExecutionOrder OrderOf(ExecutionBody body, ExecutionCause cause) =>
        new() { Pipeline = body.Pipeline, Inputs = body.Inputs ?? new Dictionary<string, JsonElement>(), Cause = cause, Commit = body.Commit };

    private static async Task<Ok<IReadOnlyList<ExecutionSummary>>> ListAsync(string? pipeline, bool? open, int? before, int? limit, IExecutionCatalog executions, CancellationToken cancellationToken) =>
        limit is < 1 or > MaxLimit
            ? throw FairleadException.Invalid($"The limit '{limit}' is not accepted; expected 1 to {MaxLimit}.")
            : TypedResults.Ok(await executions.ListAsync(new ExecutionFilter { Pipeline = pipeline, IsOpen = open ?? false, Before = before, Limit = limit ?? DefaultLimit }, cancellationToken));

    private static async Task<Ok<Execution>> FindAsync(int number, PipelineEngine engine, CancellationToken cancellationToken) => TypedResults.Ok(await engine.FindAsync(number, cancellationToken));

    private static async Task<Ok<IReadOnlyList<RecordedEvent>>> ListEventsAsync(int number, long? after, PipelineEngine engine, IExecutionCatalog executions, CancellationToken cancellationToken)
    {
        _ = await engine.FindAsync(number, cancellationToken);
        return TypedResults.Ok(await executions.ListEventsAsync(number, after ?? 0, MostEvents, cancellationToken));
    }

    private static async Task WatchAsync(int number, PipelineEngine engine, HttpContext context, ILogger<PipelineEngine> logger)
    {
        _ = await engine.FindAsync(number, context.RequestAborted);
        await JsonLines.WriteAsync(
            context,
            PipelineJson.Default.Execution,
            async (write, cancellationToken) =>
            {
                var execution = await engine.WaitAsync(number, 0, cancellationToken);
                write(execution);
                while (!execution.State.IsEnded)
                {
                    execution = await engine.WaitAsync(number, execution.Version, cancellationToken);
                    write(execution);
                }
            },
            logger);
    }

    private static async Task<Ok<Execution>> RequestAsync(int number, ExecutionEventKind kind, ExecutionRequestBody body, PipelineEngine engine, CancellationToken cancellationToken)
    {
        if (kind == ExecutionEventKind.RestartRequested && body.Stage is null)
            throw FairleadException.Invalid("A restart needs the stage from which on; give it as 'stage'.");
        PipelineRights.Require((await engine.FindAsync(number, cancellationToken)).Plan, Callers.Principal);
        await engine.RequestAsync(number, kind, Callers.Name(body.User), body.Reason, body.Stage, cancellationToken);
        return TypedResults.Ok(await engine.FindAsync(number, cancellationToken));
    }

    private static async Task<NoContent> CallBackAsync(int number, string stage, string key, string token, HttpRequest request, PipelineEngine engine, CallbackTokens tokens, CancellationToken cancellationToken)
    {
        JsonElement data;
        try
        {
            data = request.ContentLength is 0 ? JsonSerializer.SerializeToElement(new Dictionary<string, string>(), PipelineJson.Default.DictionaryStringString)
                : await JsonSerializer.DeserializeAsync(request.Body, WebJson.Default.JsonElement, cancellationToken);
        }
        catch (JsonException e)
        {
            throw FairleadException.Invalid($"The body is no JSON ({e.Message}); post JSON, or nothing.");
        }

        await engine.CallBackAsync(number, stage, key, token, tokens, data, cancellationToken);
        return TypedResults.NoContent();
    }
}
