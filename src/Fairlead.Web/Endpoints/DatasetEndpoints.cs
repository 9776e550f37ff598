using Fairlead.Domain.Datasets;
using Fairlead.Domain.Projects;
using Fairlead.Steps;
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
    }

    private static async Task<Ok<IReadOnlyList<DatasetVersion>>> RegisterAsync(DatasetsBody body, StepEngine engine, IWorkspace workspace, CancellationToken cancellationToken)
    {
        var snapshot = await workspace.ReadAsync(cancellationToken);
        return TypedResults.Ok(await engine.RegisterDatasetsAsync(snapshot, body.Datasets ?? [], Callers.Name(body.User), cancellationToken));
    }

    private static async Task<Ok<IReadOnlyList<DatasetVersion>>> ListAsync(string? dataset, IDatasetCatalog datasets, CancellationToken cancellationToken) =>
        TypedResults.Ok(await datasets.ListAsync(dataset, cancellationToken));
}
