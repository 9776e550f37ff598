using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Fairlead.Steps.Annotations;
using Fairlead.Steps.Comparison;
using Fairlead.Steps.Rebuilding;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

/// <summary>What can be asked of recorded runs, and said about them.</summary>
internal static class RunRecordEndpoints
{
    public static void MapRunRecords(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/runs").WithTags("runs");
        group.MapGet("compare", CompareAsync).WithSummary("Puts runs side by side, '?run=train-3&run=train-4', and says why the others are not like the first.");
        group.MapGet("{id}/why", WhyAsync).WithSummary("Why a run was executed: what differs from the one before it, followed upwards through its inputs.");
        group.MapGet("{id}/curves", ReadCurvesAsync).WithSummary("The metrics that a run has at several positions.");
        group.MapGet("{id}/outputs", ListFilesAsync).WithSummary("The files that a run made.");
        group.MapGet("{id}/outputs/file", ReadFileAsync).WithSummary("The bytes of one of them, '?path=model.onnx'.");
        group.MapGet("{id}/verifications", ListVerificationsAsync).WithSummary("What came of executing a run again, newest first.");
        group.MapPost("{id}/tags", TagAsync).WithSummary("Gives a run a tag.");
        group.MapDelete("{id}/tags/{tag}", UntagAsync).WithSummary("Takes a tag from a run.");
        group.MapPost("{id}/notes", NoteAsync).WithSummary("Writes something about a run.");
        group.MapPost("{id}/verify", VerifyAsync)
            .WithSummary("Executes a run again from its commit and its inputs and compares what it makes; answers JSON lines: what happens, then {\"report\": …}. Ending the request stops it.");
    }

    private static async Task<Ok<RunComparison>> CompareAsync(string[] run, RunComparer comparer, CancellationToken cancellationToken) =>
        TypedResults.Ok(await comparer.CompareAsync([.. run.Select(RunId.Parse)], cancellationToken));

    private static async Task<Ok<RunExplanation>> WhyAsync(string id, RunExplainer explainer, CancellationToken cancellationToken) =>
        TypedResults.Ok(await explainer.WhyAsync(RunId.Parse(id), cancellationToken));

    private static async Task<Ok<IReadOnlyList<MetricCurve>>> ReadCurvesAsync(string id, IRunCatalog runs, RunComparer comparer, CancellationToken cancellationToken) =>
        TypedResults.Ok(await comparer.CurvesAsync(await RunEndpoints.RequireAsync(runs, id, cancellationToken), cancellationToken));

    private static async Task<Ok<IReadOnlyList<RunFile>>> ListFilesAsync(string id, IRunCatalog runs, IArtifactStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await RunFiles.ListAsync(await RunEndpoints.RequireAsync(runs, id, cancellationToken), store, cancellationToken));

    private static async Task<PhysicalFileHttpResult> ReadFileAsync(string id, string path, IRunCatalog runs, IArtifactStore store, CancellationToken cancellationToken)
    {
        var files = await RunFiles.ListAsync(await RunEndpoints.RequireAsync(runs, id, cancellationToken), store, cancellationToken);
        var file = files.FirstOrDefault(known => known.Path == path)
            ?? throw FairleadException.NotFound($"The run '{id}' made no file '{Callers.Clean(path)}'; {NearestName.Hint(path, [.. files.Select(known => known.Path).Take(20)])}.");
        return file.IsThere
            ? TypedResults.PhysicalFile(store.PathOf(Digest.Parse(file.Digest)), "application/octet-stream", enableRangeProcessing: true)
            : throw FairleadException.NotFound($"The file '{Callers.Clean(path)}' of '{id}' is not in the store any more; run the step again.");
    }

    private static async Task<Ok<IReadOnlyList<RunVerification>>> ListVerificationsAsync(string id, IRunCatalog runs, RunNotebook notebook, CancellationToken cancellationToken) =>
        TypedResults.Ok(await notebook.VerificationsAsync((await RunEndpoints.RequireAsync(runs, id, cancellationToken)).Id, cancellationToken));

    private static async Task<Ok<Run>> TagAsync(string id, TagBody body, IRunCatalog runs, RunNotebook notebook, CancellationToken cancellationToken)
    {
        var run = await RunEndpoints.RequireAsync(runs, id, cancellationToken);
        await notebook.TagAsync(run.Id, body.Tag, Callers.Name(body.User), cancellationToken);
        return await ShowAsync(run, notebook, cancellationToken);
    }

    private static async Task<NoContent> UntagAsync(string id, string tag, IRunCatalog runs, RunNotebook notebook, CancellationToken cancellationToken)
    {
        var run = await RunEndpoints.RequireAsync(runs, id, cancellationToken);
        await notebook.UntagAsync(run.Id, tag, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Run>> NoteAsync(string id, NoteBody body, IRunCatalog runs, RunNotebook notebook, CancellationToken cancellationToken)
    {
        var run = await RunEndpoints.RequireAsync(runs, id, cancellationToken);
        await notebook.NoteAsync(run.Id, body.Text, Callers.Name(body.User), cancellationToken);
        return await ShowAsync(run, notebook, cancellationToken);
    }

    private static Task VerifyAsync(string id, RunVerifyBody body, RunVerifier verifier, HttpContext context, ILogger<RunVerifier> logger)
    {
        var run = RunId.Parse(id);
        return JsonLines.WriteAsync(
            context,
            WebJson.Default.JsonElement,
            async (write, cancellationToken) =>
            {
                var report = await verifier.VerifyAsync(run, body.Upstream, Callers.Name(body.User), line => write(JsonSerializer.SerializeToElement(line, WebJson.Default.String)), cancellationToken);
                write(JsonSerializer.SerializeToElement(new ReportLine(JsonSerializer.SerializeToElement(report, DomainJson.Default.RunVerification)), WebJson.Default.ReportLine));
            },
            logger);
    }

    private static async Task<Ok<Run>> ShowAsync(Run run, RunNotebook notebook, CancellationToken cancellationToken) =>
        TypedResults.Ok((await notebook.AnnotateAsync([run], cancellationToken))[0]);
}
