using System.Globalization;
using System.Text.Json.Nodes;
using Fairlead.Domain.Models;
using Fairlead.Domain.Runs;

namespace Fairlead.Predictions.Tracing.OpenLineage;

/// <summary>Facets of the standard, and the three that it has none for: model, deployment and predictions.</summary>
internal static class OpenLineageFacets
{
    /// <summary>Who makes the events.</summary>
    public const string Producer = "urn:fairlead";

    private const string Core = "https://openlineage.io/spec/facets/";
    private const string Own = "urn:fairlead:openlineage:";

    public static JsonObject Version(string version) => Of(Core + "1-0-1/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet", new JsonObject { ["datasetVersion"] = version });

    public static JsonObject JobType(string processing, string kind) => Of(
        Core + "2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet",
        new JsonObject { ["processingType"] = processing, ["integration"] = "FAIRLEAD", ["jobType"] = kind });

    public static JsonObject SourceCode(Domain.Projects.CommitState commit)
    {
        var facet = new JsonObject { ["type"] = "git", ["url"] = $"urn:git:commit:{commit.Commit}", ["version"] = commit.Commit };
        if (commit.Branch is { } branch)
            facet["branch"] = branch;
        return Of(Core + "1-1-0/SourceCodeLocationJobFacet.json#/$defs/SourceCodeLocationJobFacet", facet);
    }

    public static JsonObject Parameters(Run run) => Of(
        Core + "1-0-0/ExecutionParametersRunFacet.json#/$defs/ExecutionParametersRunFacet",
        new JsonObject { ["parameters"] = new JsonArray([.. run.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new JsonObject { ["key"] = pair.Key, ["value"] = pair.Value.ToString() })]) });

    public static JsonObject Error(string message) => Of(
        Core + "1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet",
        new JsonObject { ["message"] = message, ["programmingLanguage"] = "unknown" });

    public static JsonObject Parent(string runId, string space, string job) => Of(
        Core + "1-2-0/ParentRunFacet.json#/$defs/ParentRunFacet",
        new JsonObject { ["run"] = new JsonObject { ["runId"] = runId }, ["job"] = new JsonObject { ["namespace"] = space, ["name"] = job } });

    public static JsonObject Statistics(long bytes) => Of(
        Core + "1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet", new JsonObject { ["size"] = bytes });

    public static JsonObject Rows(long rows) => Of(
        Core + "1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet", new JsonObject { ["rowCount"] = rows });

    public static JsonObject Schema(Signature signature) => Of(
        Core + "1-2-0/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet",
        new JsonObject { ["fields"] = new JsonArray([Field("input", signature.Inputs), Field("output", signature.Outputs)]) });

    public static JsonObject Model(ModelVersion model, Run? run)
    {
        var metrics = new JsonObject();
        foreach (var (name, value) in run?.Metrics ?? new Dictionary<string, double>())
            metrics[name] = double.IsFinite(value) ? value : null;
        return Of(Own + "ModelDatasetFacet:1", new JsonObject
        {
            ["model"] = model.Model,
            ["version"] = model.Number,
            ["digest"] = model.Artifact.Digest.ToString(),
            ["inputs"] = Fields(model.Signature.Inputs),
            ["outputs"] = Fields(model.Signature.Outputs),
            ["metrics"] = metrics,
        });
    }

    public static JsonObject Deployment(Domain.Deployments.ServerGroup group) => Of(Own + "DeploymentRunFacet:1", new JsonObject
    {
        ["serverGroup"] = group.Name.ToString(),
        ["service"] = group.Name.Service,
        ["environment"] = group.Name.Environment,
        ["release"] = group.Release.ToString(),
        ["runs"] = group.Service.Label,
        ["digest"] = group.Service.Digest.ToString(),
        ["configuration"] = group.Configuration.ToString(),
        ["deployedBy"] = group.CreatedBy,
    });

    public static JsonObject Predictions(Domain.Deployments.ServerGroup group, GroupPredictions predictions) => Of(Own + "PredictionsRunFacet:1", new JsonObject
    {
        ["serverGroup"] = group.Name.ToString(),
        ["release"] = group.Release.ToString(),
        ["count"] = predictions.Count,
        ["first"] = Time(predictions.First),
        ["last"] = Time(predictions.Last),
    });

    /// <summary>As RFC 3339 has it.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Of(string schema, JsonObject facet)
    {
        facet["_producer"] = Producer;
        facet["_schemaURL"] = schema;
        return facet;
    }

    private static JsonObject Field(string name, IReadOnlyList<TensorSpec> specs) => new() { ["name"] = name, ["type"] = "STRUCT", ["fields"] = Fields(specs) };

    private static JsonArray Fields(IReadOnlyList<TensorSpec> specs) => new([.. specs.Select(spec => new JsonObject { ["name"] = spec.Name, ["type"] = spec.Type.WireName() })]);
}
