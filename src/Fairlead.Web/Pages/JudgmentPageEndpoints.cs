using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Domain.Problems;
using Fairlead.Identity.Links;
using Fairlead.Pipelines.Judgments;
using Fairlead.Predictions.Query;
using Fairlead.Web.Contracts;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The page of a judgment: for who signed in, and for who comes by a signed link. The request guard refuses forms of other sites.</summary>
internal static class JudgmentPageEndpoints
{
    private const int LongestForm = 64 * 1024;
    private const string ViaLink = "link";
    private const string Judged = "execution.judge";

    public static void MapJudgmentPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/executions/{number:int}/judgments/{stage}", ShowAsync);
        pages.MapPost("/executions/{number:int}/judgments/{stage}", JudgeAsync);
        pages.MapGet(JudgmentLinks.Path, OpenAsync);
        pages.MapPost(JudgmentLinks.Path, JudgeByLinkAsync);
    }

    private static async Task<IResult> ShowAsync(int number, string stage, JudgmentDesk desk, PredictionQuery query, TimeProvider time, CancellationToken cancellationToken)
    {
        var form = new JudgmentForm(PagePaths.Judgment(number, stage), Callers.Name(null), [], NeedsComment: false, 0, null, "");
        return PageResults.Of(await ViewAsync(number, stage, form, Callers.Principal, desk, query, time, cancellationToken));
    }

    private static async Task<IResult> JudgeAsync(int number, string stage, JudgmentDesk desk, PredictionQuery query, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        var sent = await ReadAsync(context, cancellationToken);
        var by = Callers.Name(null);
        try
        {
            await desk.JudgeAsync(number, stage, Answer(sent, null), Callers.Principal, by, Callers.Via, cancellationToken);
            return TypedResults.Redirect(PagePaths.Judgment(number, stage));
        }
        catch (FairleadException e) when (e.Kind is ProblemKind.Conflict or ProblemKind.Invalid or ProblemKind.Forbidden)
        {
            // Failed, whatever the page that says so.
            Acting.Current?.Fail(e.Kind.ToString().ToLowerInvariant());
            var form = new JudgmentForm(PagePaths.Judgment(number, stage), by, [], NeedsComment: false, 0, null, sent["comment"].ToString());
            return PageResults.Of(await ViewAsync(number, stage, form, Callers.Principal, desk, query, time, cancellationToken) with { Problem = e.Message, Status = ProblemStatus.Of(e.Kind) });
        }
    }

    private static async Task<IResult> OpenAsync(string? link, LinkCheck links, JudgmentDesk desk, PredictionQuery query, TimeProvider time, CancellationToken cancellationToken)
    {
        var visitor = await links.ReadAsync(link, cancellationToken);
        return PageResults.Of(await ViewAsync(visitor, link!, "", desk, query, time, cancellationToken));
    }

    /// <summary>Entered here and not at the gate, which does not know who comes by a link.</summary>
    private static async Task<IResult> JudgeByLinkAsync(LinkCheck links, JudgmentDesk desk, PredictionQuery query, IAuditLog audit, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        var sent = await ReadAsync(context, cancellationToken);
        var text = sent["link"].ToString();
        var visitor = await links.ReadAsync(text, cancellationToken);
        var (number, stage, person) = (visitor.Link.Execution, visitor.Link.Stage, visitor.Principal.Name);
        Acting.Begin(new ActingScope(visitor.Principal, ViaLink));
        var target = PagePaths.Judgment(number, stage);
        Acting.Current!.Cause = (await audit.AppendAsync(Acting.Draft(Judged, target) with { Phase = AuditPhase.Began }, CancellationToken.None)).Number;
        try
        {
            if (sent["attempt"].ToString() != $"{visitor.Link.Attempt}")
                throw FairleadException.Invalid("The form is not of this link; open the link again.");
            await desk.JudgeAsync(number, stage, Answer(sent, visitor.Id), visitor.Principal, person, ViaLink, cancellationToken);
            await audit.AppendAsync(Acting.Draft(Judged, target), CancellationToken.None);
            return TypedResults.Redirect($"{JudgmentLinks.Path}?{JudgmentLinks.Parameter}={text}");
        }
        catch (FairleadException e)
        {
            await audit.AppendAsync(Acting.Draft(Judged, target, e.Kind.ToString().ToLowerInvariant()) with { Phase = AuditPhase.Failed }, CancellationToken.None);
            return PageResults.Of(await ViewAsync(visitor, text, sent["comment"].ToString(), desk, query, time, cancellationToken) with { Problem = e.Message, Status = ProblemStatus.Of(e.Kind) });
        }
    }

    private static async Task<JudgmentView> ViewAsync(LinkVisitor visitor, string text, string comment, JudgmentDesk desk, PredictionQuery query, TimeProvider time, CancellationToken cancellationToken)
    {
        var form = new JudgmentForm(JudgmentLinks.Path, visitor.Principal.Name, [], NeedsComment: false, 0, text, comment);
        var view = await ViewAsync(visitor.Link.Execution, visitor.Link.Stage, form, visitor.Principal, desk, query, time, cancellationToken);
        return view.Form is { } shown && shown.Attempt != visitor.Link.Attempt
            ? view with { Form = null, Refusal = "The stage was begun again since this link was made; sign in to judge, or ask for another link." }
            : view;
    }

    /// <param name="form">What is known of the form before the question is.</param>
    private static async Task<JudgmentView> ViewAsync(int number, string stage, JudgmentForm form, Principal viewer, JudgmentDesk desk, PredictionQuery query, TimeProvider time, CancellationToken cancellationToken)
    {
        var question = await desk.FindAsync(number, stage, cancellationToken);
        var view = JudgmentView.Of(question, time.GetUtcNow()) with { Samples = await new SamplePredictions(query).ReadAsync(question, viewer, cancellationToken) };
        if (!question.IsOpen)
            return view;
        return await desk.FindRefusalAsync(number, stage, viewer, form.By, cancellationToken) is { } refusal
            ? view with { Refusal = refusal }
            : view with { Form = form with { Choices = question.Choices, NeedsComment = question.NeedsComment, Attempt = question.Attempt } };
    }

    private static JudgmentAnswer Answer(IFormCollection sent, string? link)
    {
        if (sent["confirm"] != "yes")
            throw FairleadException.Invalid("Say that you have looked at the evidence: tick the box above the buttons.");
        var comment = sent["comment"].ToString().Trim();
        return new JudgmentAnswer(sent["choice"].ToString(), comment.Length == 0 ? null : comment) { Attempt = int.TryParse(sent["attempt"], out var attempt) ? attempt : null, Link = link };
    }

    private static async Task<IFormCollection> ReadAsync(HttpContext context, CancellationToken cancellationToken) =>
        context.Request.ContentLength is null or > LongestForm || !context.Request.HasFormContentType
            ? throw FairleadException.Invalid("This is not the form of the page, or longer than it; use the page.")
            : await context.Request.ReadFormAsync(cancellationToken);
}
