using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Predictions.Tracing.OpenLineage;

/// <summary>
/// Tells what the catalog knows as run events: of each run of a step, of each release, of each deployment, and of what each server group answered. The same thing has the
/// same ids whenever it is told, so that telling it twice changes nothing for who listens.
/// </summary>
/// <param name="project">Part of every id.</param>
/// <param name="nameSpace">Of jobs and datasets; null for one that is named after the project.</param>
internal sealed class OpenLineageEvents(LineageIndex index, string project, string? nameSpace = null)
{
    private const string Schema = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private readonly string space = nameSpace ?? $"fairlead://{project}";

    public static string TimeOf(JsonObject told) => (string)told["eventTime"]!;

    /// <summary>Of all runs, releases and deployments.</summary>
    public IEnumerable<JsonObject> OfAll() => index.Runs.Values.SelectMany(Of).Concat(index.Releases.SelectMany(Of)).Concat(index.Groups.SelectMany(Of));

    /// <summary>The start of a run and, when it has ended, its end.</summary>
    public IEnumerable<JsonObject> Of(Run run)
    {
        yield return Event("START", run.StartedAt, RunOf(run), JobOf(run), InputsOf(run), []);
        if (run.FinishedAt is { } finished)
            yield return Event(EndOf(run.Status), finished, RunOf(run), JobOf(run), InputsOf(run), OutputsOf(run));
    }

    /// <summary>A release is made at once: its start and its end are one moment.</summary>
    public IEnumerable<JsonObject> Of(Release release)
    {
        var run = RunObject(IdOf("release", release.Name.ToString()), []);
        var job = Job("release", new JsonObject { ["jobType"] = OpenLineageFacets.JobType("BATCH", "RELEASE"), ["sourceCodeLocation"] = OpenLineageFacets.SourceCode(release.Commit) });
        yield return Event("START", release.CreatedAt, run, job, ModelsOf(release.Services), []);
        yield return Event("COMPLETE", release.CreatedAt, run, job, ModelsOf(release.Services), [DatasetOf(release)]);
    }

    /// <summary>The start of a deployment and, when it is decided, its end.</summary>
    public IEnumerable<JsonObject> Of(ServerGroup group)
    {
        var inputs = ModelsOf([group.Service]);
        if (index.Releases.FirstOrDefault(release => release.Name == group.Release) is { } released)
            inputs.Add(DatasetOf(released));
        yield return Event("START", group.CreatedAt, DeploymentOf(group), DeploymentJob(group), inputs, []);
        if (group.Status == ServerGroupStatus.Failed)
            yield return Event("FAIL", group.CreatedAt, DeploymentOf(group), DeploymentJob(group), (JsonArray)inputs.DeepClone(), []);
        else if (group.EnabledAt is { } enabled)
            yield return Event("COMPLETE", enabled, DeploymentOf(group), DeploymentJob(group), (JsonArray)inputs.DeepClone(), [AnswersOf(group, null)]);
    }

    /// <summary>What a server group answered so far; complete when it takes no traffic any more.</summary>
    public IEnumerable<JsonObject> Of(ServerGroup group, GroupPredictions predictions)
    {
        var run = RunObject(IdOf("predictions", group.Name.ToString()), new JsonObject
        {
            ["parent"] = OpenLineageFacets.Parent(IdOf("deployment", group.Name.ToString()), space, DeploymentName(group)),
            ["fairlead_predictions"] = OpenLineageFacets.Predictions(group, predictions),
        });
        var job = Job($"serve/{group.Name.Environment}/{group.Name.Service}", new JsonObject { ["jobType"] = OpenLineageFacets.JobType("SERVICE", "PREDICTIONS") });
        yield return Event("START", predictions.First, run, job, ModelsOf([group.Service]), []);
        var isOver = group.Status is ServerGroupStatus.Disabled or ServerGroupStatus.Destroyed;
        yield return Event(isOver ? "COMPLETE" : "RUNNING", predictions.Last, run, job, ModelsOf([group.Service]), [AnswersOf(group, predictions)]);
    }

    private static string EndOf(RunStatus status) => status switch
    {
        RunStatus.Succeeded => "COMPLETE",
        RunStatus.Failed or RunStatus.TimedOut => "FAIL",
        _ => "ABORT",
    };

    // Nodes have one parent each: every event gets its own.
    private static JsonObject Event(string type, DateTimeOffset at, JsonObject run, JsonObject job, JsonArray inputs, JsonArray outputs) => new()
    {
        ["eventType"] = type,
        ["eventTime"] = OpenLineageFacets.Time(at),
        ["producer"] = OpenLineageFacets.Producer,
        ["schemaURL"] = Schema,
        ["run"] = run.DeepClone(),
        ["job"] = job.DeepClone(),
        ["inputs"] = inputs,
        ["outputs"] = outputs,
    };

    private static JsonObject RunObject(string id, JsonObject facets) => new() { ["runId"] = id, ["facets"] = facets };

    private JsonObject RunOf(Run run)
    {
        var facets = new JsonObject();
        if (run.Parameters.Count > 0)
            facets["executionParameters"] = OpenLineageFacets.Parameters(run);
        if (run.Error is { } error)
            facets["errorMessage"] = OpenLineageFacets.Error(error);
        return RunObject(IdOf("run", $"{run.Id} {run.Key}"), facets);
    }

    private JsonObject JobOf(Run run) => Job(run.Id.Step, new JsonObject
    {
        ["jobType"] = OpenLineageFacets.JobType("BATCH", "STEP"),
        ["sourceCodeLocation"] = OpenLineageFacets.SourceCode(run.Commit),
    });

    private JsonArray InputsOf(Run run) => new([.. run.Inputs.Select(input =>
    {
        var key = LineageIndex.DatasetOf(input);
        var version = key is { } known && index.DatasetsByDigest.TryGetValue(known, out var dataset) ? dataset.Label : input.Artifact.Digest.ToString();
        return Dataset(key?.Dataset ?? input.Source, new JsonObject { ["version"] = OpenLineageFacets.Version(version) });
    })]);

    private JsonArray OutputsOf(Run run) => new([.. run.Outputs.Select(output =>
    {
        var facets = new JsonObject { ["version"] = OpenLineageFacets.Version(output.Artifact.Digest.ToString()) };
        if (index.ModelsByRun[run.Id].FirstOrDefault(model => model.Artifact.Digest == output.Artifact.Digest) is { } made)
            facets["fairlead_model"] = OpenLineageFacets.Model(made, run);
        // A dataset that a query makes has the name by which others read it.
        var named = index.DatasetsByRun[run.Id].FirstOrDefault(version => version.Artifact.Digest == output.Artifact.Digest);
        if (named is not null)
            facets["version"] = OpenLineageFacets.Version(named.Label);
        var dataset = Dataset(named?.Dataset ?? $"{run.Id.Step}/{output.Name}", facets);
        dataset["outputFacets"] = new JsonObject { ["outputStatistics"] = OpenLineageFacets.Statistics(output.Artifact.Size) };
        return dataset;
    })]);

    private JsonObject DeploymentOf(ServerGroup group)
    {
        var facets = new JsonObject { ["fairlead_deployment"] = OpenLineageFacets.Deployment(group) };
        if (group.Error is { } error)
            facets["errorMessage"] = OpenLineageFacets.Error(error);
        return RunObject(IdOf("deployment", group.Name.ToString()), facets);
    }

    private JsonObject DeploymentJob(ServerGroup group)
    {
        var facets = new JsonObject { ["jobType"] = OpenLineageFacets.JobType("BATCH", "DEPLOYMENT") };
        if (index.Releases.FirstOrDefault(release => release.Name == group.Release) is { } release)
            facets["sourceCodeLocation"] = OpenLineageFacets.SourceCode(release.Commit);
        return Job(DeploymentName(group), facets);
    }

    private static string DeploymentName(ServerGroup group) => $"deploy/{group.Name.Environment}/{group.Name.Service}";

    private JsonObject DatasetOf(Release release) =>
        Dataset($"release/{release.Name}", new JsonObject { ["version"] = OpenLineageFacets.Version(release.ProjectFile.Digest.ToString()) });

    private JsonArray ModelsOf(IEnumerable<ReleasedService> services) => new([.. services.SelectMany(service => service.Models).DistinctBy(model => model.Label).Select(model =>
    {
        var run = index.Runs.GetValueOrDefault(model.Run);
        return Dataset(NameOf(model, run), new JsonObject
        {
            ["version"] = OpenLineageFacets.Version(model.Artifact.Digest.ToString()),
            ["fairlead_model"] = OpenLineageFacets.Model(model, run),
        });
    })]);

    // The name that the run's output has, so that the two are one dataset.
    private static string NameOf(ModelVersion model, Run? run) =>
        run?.Outputs.FirstOrDefault(output => output.Artifact.Digest == model.Artifact.Digest) is { } output ? $"{run.Id.Step}/{output.Name}" : $"model/{model.Model}";

    private JsonObject AnswersOf(ServerGroup group, GroupPredictions? predictions)
    {
        var dataset = Dataset($"predictions/{group.Name.Environment}/{group.Name.Service}", new JsonObject { ["schema"] = OpenLineageFacets.Schema(group.Service.Signature) });
        if (predictions is not null)
            dataset["outputFacets"] = new JsonObject { ["outputStatistics"] = OpenLineageFacets.Rows(predictions.Count) };
        return dataset;
    }

    private JsonObject Job(string name, JsonObject facets) => new() { ["namespace"] = space, ["name"] = name, ["facets"] = facets };

    private JsonObject Dataset(string name, JsonObject facets) => new() { ["namespace"] = space, ["name"] = name, ["facets"] = facets };

    /// <summary>A UUID of version 8: made from a hash, always the same for the same thing.</summary>
    private string IdOf(string kind, string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{project}\n{kind}\n{name}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
