using Fairlead.Domain.Datasets;
using Fairlead.Domain.Releases;
using Fairlead.Predictions.Tracing;

namespace Fairlead.Web.Pages.Views;

/// <summary>Lays a trace out as a tree, from the server group down to the bytes of data.</summary>
internal static class PredictionTrail
{
    public static TraceNodeView Of(PredictionTrace trace) => new(
        "server group",
        trace.ServerGroup.ToString(),
        PagePaths.Trace($"group:{trace.ServerGroup}"),
        [new FactView("deployed", $"{Time(trace.DeployedAt)} by {trace.DeployedBy}")],
        [
            new TraceNodeView(
                "release",
                trace.Release.ToString(),
                PagePaths.Release(trace.Release.ToString()),
                [
                    new FactView("commit", trace.ReleaseCommit.Commit),
                    .. Dirty(trace.ReleaseCommit),
                    new FactView("released", $"{Time(trace.ReleasedAt)} by {trace.ReleasedBy}"),
                ],
                [.. trace.Models.Select(Of), .. Command(trace.Service)]),
        ]);

    private static TraceNodeView Of(TracedModel model) => new(
        "model version",
        model.Version.Label,
        PagePaths.Trace($"model:{model.Version.Label}"),
        [new FactView("digest", model.Version.Artifact.Digest.ToString())],
        [Of(model.Run)]);

    private static IEnumerable<TraceNodeView> Command(ReleasedService service) => service.Command is { } command
        ? [new TraceNodeView("command", command.Command, null, [new FactView("code", command.Code.Digest.ToString())], [])]
        : [];

    private static TraceNodeView Of(TracedRun run) => new(
        run.IsRepeated ? "run, as above" : "run",
        run.Id.ToString(),
        PagePaths.Run(run.Id.ToString()),
        run.IsRepeated ? [] : FactsOf(run),
        [.. run.Inputs.Select(Of)]);

    private static List<FactView> FactsOf(TracedRun run) =>
    [
        new FactView("commit", run.Commit.Commit),
        .. Dirty(run.Commit),
        .. run.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new FactView(pair.Key, pair.Value.ToString())),
        .. run.Metrics.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new FactView(pair.Key, PageText.Number(pair.Value))),
        new FactView("ran", $"{Time(run.StartedAt)} by {run.StartedBy} on {run.Machine}"),
    ];

    private static TraceNodeView Of(TracedInput input) =>
        input.Dataset is not null ? Of(input.Dataset, input.Run)
        : input.Run is not null ? Of(input.Run)
        : new TraceNodeView("input", input.Source, null, [new FactView("digest", input.Artifact.Digest.ToString())], []);

    /// <param name="maker">The run of its query, if one made it.</param>
    private static TraceNodeView Of(DatasetVersion dataset, TracedRun? maker) => new(
        "dataset version",
        dataset.Label,
        PagePaths.Trace($"dataset:{dataset.Label}"),
        [
            new FactView("digest", dataset.Artifact.Digest.ToString()),
            new FactView("size", PageText.Bytes(dataset.Artifact.Size)),
            new FactView("path", dataset.Path),
            new FactView("registered", $"{Time(dataset.RegisteredAt)} by {dataset.RegisteredBy}"),
        ],
        maker is null ? [] : [Of(maker)]);

    private static IEnumerable<FactView> Dirty(Domain.Projects.CommitState commit) =>
        commit.DirtyDigest is { IsSet: true } dirty ? [new FactView("uncommitted changes", dirty.ToString())] : [];

    private static string Time(DateTimeOffset at) => TimeView.Of(at, at).Text;
}
