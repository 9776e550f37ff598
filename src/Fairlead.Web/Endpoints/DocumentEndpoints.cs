using Fairlead.Domain.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

/// <summary>Descriptions for programs.</summary>
internal static class DocumentEndpoints
{
    private const string FacetPrefix = "Fairlead.Web.OpenLineage.";

    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/schema", Schema).WithTags("documents").WithSummary("JSON Schema of the project file.");
        routes.MapGet("/schemas/openlineage/{name}", FacetSchema).WithTags("documents").WithSummary("JSON Schema of one of the facets of lineage events that the standard does not have: ModelDatasetFacet-1.json and others.");
    }

    private static FileStreamHttpResult FacetSchema(string name)
    {
        var resources = typeof(DocumentEndpoints).Assembly;
        var known = resources.GetManifestResourceNames().Where(resource => resource.StartsWith(FacetPrefix, StringComparison.Ordinal)).Select(resource => resource[FacetPrefix.Length..]).ToList();
        return known.Contains(name)
            ? TypedResults.Stream(resources.GetManifestResourceStream(FacetPrefix + name)!, "application/schema+json")
            : throw FairleadException.NotFound($"There is no schema '{name}'; {NearestName.Hint(name, known)}.");
    }

    private static ContentHttpResult Schema(ProjectFileDocument document) => TypedResults.Text(document.JsonSchema, "application/schema+json");
}
