using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Domain.Problems;
using Fairlead.Identity.Links;
using Fairlead.Pipelines.Driving;
using Fairlead.Pipelines.Judgments;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class JudgmentEndpoints
{
    private const double UsualHours = 24;
    private const double MostHours = 24 * 30;

    public static void MapJudgments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/judgments", ListAsync).WithTags("judgments").WithSummary("What waits for people now, the oldest first, with its evidence.");
        var group = routes.MapGroup("/api/executions/{number:int}/stages/{stage}/judgment").WithTags("judgments");
        group.MapGet("", FindAsync).WithSummary("A judgment: what is asked, of whom, on what evidence, and what was said.");
        group.MapPost("", JudgeAsync).WithSummary("Judges a stage that asks for it.");
        group.MapPost("link", LinkAsync).WithSummary("Makes a signed link by which one person can judge once, without signing in.");
    }

    private static async Task<Ok<IReadOnlyList<JudgmentQuestion>>> ListAsync(JudgmentDesk desk, CancellationToken cancellationToken) => TypedResults.Ok(await desk.ListOpenAsync(cancellationToken));

    private static async Task<Ok<JudgmentQuestion>> FindAsync(int number, string stage, JudgmentDesk desk, CancellationToken cancellationToken) => TypedResults.Ok(await desk.FindAsync(number, stage, cancellationToken));

    private static async Task<Ok<Execution>> JudgeAsync(int number, string stage, JudgmentBody body, JudgmentDesk desk, PipelineEngine engine, CancellationToken cancellationToken)
    {
        var answer = new JudgmentAnswer(body.Choice, body.Comment) { Attempt = body.Attempt };
        await desk.JudgeAsync(number, stage, answer, Callers.Principal, Callers.Name(body.User), Callers.Via, cancellationToken);
        return TypedResults.Ok(await engine.FindAsync(number, cancellationToken));
    }

    private static async Task<Ok<JudgmentLinkAnswer>> LinkAsync(int number, string stage, JudgmentLinkBody body, JudgmentDesk desk, LinkCheck links, TimeProvider time, CancellationToken cancellationToken)
    {
        var hours = body.Hours ?? UsualHours;
        if (!(hours > 0 && hours <= MostHours))
            throw FairleadException.Invalid($"'{hours}' hours are no time for a link to last; expected more than 0 and at most {MostHours:0}.");
        var caller = Callers.Name(body.User);
        var person = body.For ?? caller;
        if (!string.Equals(person, caller, StringComparison.OrdinalIgnoreCase) && !Callers.Principal.Has(Role.Admin, environment: null))
            throw new FairleadException(ProblemKind.Forbidden, $"Whoever has a link for '{AuditText.Clean(person, IdentityNames.Longest)}' judges as that person, so that only an admin makes one; make one for yourself, or ask an admin.");
        var question = await desk.FindAsync(number, stage, cancellationToken);
        if (!question.IsOpen)
            throw FairleadException.Conflict($"The stage '{stage}' of execution {number} is {question.Status.ToString().ToLowerInvariant()}; a link can be made while it waits for a judgment.");
        var link = new JudgmentLink(number, stage, question.Attempt, person, time.GetUtcNow() + TimeSpan.FromHours(hours));
        return TypedResults.Ok(new JudgmentLinkAnswer(person, await links.MakeAsync(link, cancellationToken), link.ExpiresAt));
    }
}
