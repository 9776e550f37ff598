using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Driving;
using Fairlead.Pipelines.Planning;
using Fairlead.Triggers.Running;
using Fairlead.Triggers.Webhooks;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class TriggerEndpoints
{
    /// <summary>Where webhooks are posted to: strangers may call there, as their signature is the proof.</summary>
    public const string Hooks = "/api/hooks";

    public static void MapTriggers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/triggers").WithTags("triggers");
        group.MapGet("", ListAsync).WithSummary("Every trigger of the project file, and how it is.");
        group.MapGet("{pipeline}/{name}", FindAsync).WithSummary("One trigger and what it saw, newest first.");
        group.MapPost("{pipeline}/{name}/fire", FireAsync).WithSummary("Begins an execution as if it had fired, with what it told last.");
        group.MapPost("{pipeline}/{name}/pause", PauseAsync).WithSummary("Lets nothing begin because of it; what it sees is recorded as skipped.");
        group.MapPost("{pipeline}/{name}/resume", ResumeAsync).WithSummary("Lets it go on.");
        routes.MapPost($"{Hooks}/{{pipeline}}/{{name}}", ReceiveAsync).WithTags("triggers").WithSummary("Takes a webhook: a push of GitHub, GitLab, Gitea or Forgejo, or a signed POST of JSON.");
    }

    private static async Task<Ok<IReadOnlyList<TriggerReport>>> ListAsync(TriggerDesk desk, CancellationToken cancellationToken) => TypedResults.Ok(await desk.ListAsync(cancellationToken));

    private static async Task<Ok<TriggerDetails>> FindAsync(string pipeline, string name, TriggerDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.FindAsync($"{pipeline}/{name}", cancellationToken));

    private static async Task<Ok<FiredTrigger>> FireAsync(string pipeline, string name, FireBody body, TriggerDesk desk, PipelineEngine engine, CancellationToken cancellationToken)
    {
        var order = await desk.PrepareAsync($"{pipeline}/{name}", Callers.Name(body.User), body.Commit, cancellationToken);
        var plan = await engine.PlanAsync(order with { Cause = order.Cause with { Entry = Acting.Current?.Cause } }, cancellationToken);
        PipelineRights.Require(plan, Callers.Principal);
        return TypedResults.Ok(new FiredTrigger($"{pipeline}/{name}", await engine.StartAsync(plan, cancellationToken)));
    }

    private static async Task<Ok<TriggerDetails>> PauseAsync(string pipeline, string name, FireBody body, TriggerDesk desk, CancellationToken cancellationToken)
    {
        await desk.PauseAsync($"{pipeline}/{name}", Callers.Name(body.User), cancellationToken);
        return TypedResults.Ok(await desk.FindAsync($"{pipeline}/{name}", cancellationToken));
    }

    private static async Task<Ok<TriggerDetails>> ResumeAsync(string pipeline, string name, TriggerDesk desk, CancellationToken cancellationToken)
    {
        await desk.ResumeAsync($"{pipeline}/{name}", cancellationToken);
        return TypedResults.Ok(await desk.FindAsync($"{pipeline}/{name}", cancellationToken));
    }

    private static async Task<Accepted<HookAnswer>> ReceiveAsync(string pipeline, string name, HttpRequest request, TriggerDesk desk, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = HookDesk.LongestBody + 1L;
        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, cancellationToken);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new FairleadException(ProblemKind.TooLarge, $"The body is larger than {HookDesk.LongestBody} bytes; send less.", e);
        }

        // A header that was sent twice is none: which of them was signed is not known.
        var hook = new HookRequest(header => request.Headers[header] is { Count: 1 } values ? values[0] ?? "" : "", body.ToArray());
        return TypedResults.Accepted((string?)null, await desk.Hooks.ReceiveAsync($"{pipeline}/{name}", hook, cancellationToken));
    }
}
