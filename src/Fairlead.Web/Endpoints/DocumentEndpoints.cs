using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

/// <summary>Descriptions for programs.</summary>
internal static class DocumentEndpoints
{
    public static void MapDocuments(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/schema", Schema).WithTags("documents").WithSummary("JSON Schema of the project file.");

    private static ContentHttpResult Schema(ProjectFileDocument document) => TypedResults.Text(document.JsonSchema, "application/schema+json");
}
