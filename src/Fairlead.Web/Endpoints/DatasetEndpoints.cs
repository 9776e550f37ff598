using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps;
using Fairlead.Steps.Datasets.Inspecting;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class DatasetEndpoints
{
    public static void MapDatasets(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/datasets").WithTags("datasets");
        group.MapPost("", RegisterAsync).WithSummary("Registers the present state of datasets.");
        group.MapGet("", ListAsync).WithSummary("Lists dataset versions, newest first.");
        group.MapGet("/{dataset}/profile", ProfileAsync).WithSummary("Describes a version of a dataset, the newest when none is named: rows and columns, what they hold.");
        group.MapGet("/{dataset}/difference", CompareAsync).WithSummary("Compares two versions of a dataset: columns, distributions, and rows by a key.");
        group.MapGet("/{dataset}/files", ListFilesAsync).WithSummary("The files of a version of a dataset, the newest when none is named.");
        group.MapGet("/{dataset}/files/file", ReadFileAsync).WithSummary("The bytes of one of them, '?path=rows.csv'.");
    }

    private static async Task<Ok<IReadOnlyList<RunFile>>> ListFilesAsync(string dataset, string? version, IDatasetCatalog datasets, IArtifactStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await DatasetFiles.ListAsync(await DatasetVersions.FindAsync(datasets, dataset, version, cancellationToken), store, cancellationToken));

    private static async Task<PhysicalFileHttpResult> ReadFileAsync(string dataset, string? version, string path, IDatasetCatalog datasets, IArtifactStore store, CancellationToken cancellationToken)
    {
        var found = await DatasetVersions.FindAsync(datasets, dataset, version, cancellationToken);
        return TypedResults.PhysicalFile(store.PathOf(await DatasetFiles.FindAsync(found, path, store, cancellationToken)), "application/octet-stream");
    }

    private static async Task<Ok<IReadOnlyList<DatasetVersion>>> RegisterAsync(DatasetsBody body, StepEngine engine, IWorkspace workspace, CancellationToken cancellationToken)
    {
        var snapshot = await workspace.ReadAsync(cancellationToken);
        return TypedResults.Ok(await engine.RegisterDatasetsAsync(snapshot, body.Datasets ?? [], Callers.Name(body.User), cancellationToken));
    }

    private static async Task<Ok<IReadOnlyList<DatasetVersion>>> ListAsync(string? dataset, IDatasetCatalog datasets, CancellationToken cancellationToken) =>
        TypedResults.Ok(await datasets.ListAsync(dataset, cancellationToken));

    private static async Task<Ok<DatasetDescription>> ProfileAsync(string dataset, string? version, IDatasetCatalog datasets, DatasetInspector inspector, CancellationToken cancellationToken)
    {
        var found = await DatasetVersions.FindAsync(datasets, dataset, version, cancellationToken);
        try
        {
            return TypedResults.Ok(new DatasetDescription(found, await inspector.ProfileAsync(found.Artifact, cancellationToken), null));
        }
        catch (FairleadException e) when (e.Kind is ProblemKind.Failed or ProblemKind.NotFound)
        {
            return TypedResults.Ok(new DatasetDescription(found, null, e.Message));
        }
    }

    private static async Task<Ok<DatasetDifference>> CompareAsync(
        string dataset, string left, string? right, string? key, IDatasetCatalog datasets, DatasetInspector inspector, IWorkspace workspace, CancellationToken cancellationToken)
    {
        var before = await DatasetVersions.FindAsync(datasets, dataset, left, cancellationToken);
        var after = await DatasetVersions.FindAsync(datasets, dataset, right, cancellationToken);
        return TypedResults.Ok(await inspector.CompareAsync(before, after, await DatasetKeys.OfAsync(dataset, key, workspace, cancellationToken), cancellationToken));
    }
}
