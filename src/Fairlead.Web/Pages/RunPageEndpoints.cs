using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Annotations;
using Fairlead.Steps.Comparison;
using Fairlead.Web.Contracts;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The pages about runs.</summary>
internal static class RunPageEndpoints
{
    private const int LogTailBytes = 256 * 1024;

    /// <summary>Who did it, in the records, when somebody did so here and there are no users.</summary>
    private const string PageUser = "page";

    public static void MapRunPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/runs", ListAsync);
        pages.MapGet("/runs/compare", CompareAsync);
        pages.MapGet("/runs/{id}", ShowAsync);
        pages.MapPost("/runs/{id}/tags", TagAsync);
        pages.MapPost("/runs/{id}/tags/{tag}/delete", UntagAsync);
        pages.MapPost("/runs/{id}/notes", NoteAsync);
    }

    private static async Task<RazorComponentResult> ListAsync(
        string? step, string? where, string? sort, string? status, string? tag, int? limit, RunSearch search, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        var view = new RunsView
        {
            Step = step?.Trim() ?? "", Where = where?.Trim() ?? "", Sort = sort?.Trim() ?? "", Status = status?.Trim() ?? "", Tag = tag?.Trim() ?? "", Limit = limit ?? RunsView.DefaultLimit,
        };
        // What another site links to is shown and not run: it would else choose what this machine computes.
        if (view.Where.Length > 0 && context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            return PageResults.Of(view with { Notice = "This condition comes from another site; read it, then find by it." });
        try
        {
            var runs = await search.FindAsync(new RunFilter { Step = view.Step, Where = view.Where, Sort = view.Sort, Status = view.Status, Tag = view.Tag, Limit = view.Limit }, cancellationToken);
            var columns = RunColumn.Of(runs);
            return PageResults.Of(view with { Columns = columns, Rows = [.. runs.Select(run => RunListRow.Of(run, columns, time.GetUtcNow()))] });
        }
        catch (FairleadException e)
        {
            return PageResults.Of(view with { Problem = e.Message, HttpStatus = ProblemStatus.Of(e.Kind) });
        }
    }

    private static async Task<RazorComponentResult> CompareAsync(string[] run, RunComparer comparer, CancellationToken cancellationToken)
    {
        if (run.Length < 2)
            throw FairleadException.Invalid("A comparison is of two runs or more; choose them on the page of runs.");
        var comparison = await comparer.CompareAsync([.. run.Select(RunId.Parse)], cancellationToken);
        var curves = new List<IReadOnlyList<MetricCurve>>();
        foreach (var one in comparison.Runs)
            curves.Add(await comparer.CurvesAsync(one, cancellationToken));
        return PageResults.Of(RunComparisonView.Of(comparison, curves));
    }

    private static async Task<RazorComponentResult> ShowAsync(
        string id, IRunCatalog runs, RunNotebook notebook, RunComparer comparer, RunExplainer explainer, IArtifactStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var run = (await notebook.AnnotateAsync([await RunEndpoints.RequireAsync(runs, id, cancellationToken)], cancellationToken))[0];
        var (log, isCut) = run.Log is { } artifact && store.Contains(artifact)
            ? await ReadTailAsync(store.PathOf(artifact.Digest), cancellationToken)
            : (null, false);
        return PageResults.Of(RunView.Of(run, log, isCut, time.GetUtcNow(), store.Contains) with
        {
            CanChange = Callers.Principal.Has(Role.Developer, environment: null),
            Why = run.Id.Number > 1 && run.KeyParts.Count > 0 ? (await explainer.WhyAsync(run.Id, cancellationToken)).Summary : null,
            Curves = CurveView.Of([(run.Id.ToString(), await comparer.CurvesAsync(run, cancellationToken))]),
            Origin = await new RunOrigin(runs).OfAsync(run, cancellationToken),
        });
    }

    // The request guard refuses forms of other sites.
    private static async Task<RedirectHttpResult> TagAsync(string id, IRunCatalog runs, RunNotebook notebook, HttpContext context, CancellationToken cancellationToken)
    {
        var run = await RunEndpoints.RequireAsync(runs, id, cancellationToken);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        await notebook.TagAsync(run.Id, form["tag"].ToString().Trim(), Callers.Name(PageUser), cancellationToken);
        return TypedResults.Redirect(PagePaths.Run(id));
    }

    private static async Task<RedirectHttpResult> UntagAsync(string id, string tag, IRunCatalog runs, RunNotebook notebook, CancellationToken cancellationToken)
    {
        await notebook.UntagAsync((await RunEndpoints.RequireAsync(runs, id, cancellationToken)).Id, tag, cancellationToken);
        return TypedResults.Redirect(PagePaths.Run(id));
    }

    private static async Task<RedirectHttpResult> NoteAsync(string id, IRunCatalog runs, RunNotebook notebook, HttpContext context, CancellationToken cancellationToken)
    {
        var run = await RunEndpoints.RequireAsync(runs, id, cancellationToken);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        await notebook.NoteAsync(run.Id, form["text"], Callers.Name(PageUser), cancellationToken);
        return TypedResults.Redirect(PagePaths.Run(id));
    }

    private static async Task<(string Text, bool IsCut)> ReadTailAsync(string path, CancellationToken cancellationToken)
    {
        using var stream = File.OpenRead(path);
        var isCut = stream.Length > LogTailBytes;
        if (isCut)
            stream.Seek(-LogTailBytes, SeekOrigin.End);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return (await reader.ReadToEndAsync(cancellationToken), isCut);
    }
}
