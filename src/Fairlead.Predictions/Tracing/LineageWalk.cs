using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Predictions.Tracing;

/// <summary>One walk through the index, away from where a trace begins. Each thing is entered once, so that a walk is never longer than the catalog.</summary>
internal sealed class LineageWalk(LineageIndex index, LineageOptions options, IReadOnlyDictionary<string, GroupPredictions> predictions)
{
    private readonly HashSet<string> entered = new(StringComparer.Ordinal);
    private int told;

    public List<LineageNode> ForwardOf(LineageSubject subject) =>
        subject.Dataset is { } dataset ? Many(index.RunsByDataset[(dataset.Dataset, dataset.Artifact.Digest)], run => Forward(run, 1))
        : subject.Run is { } run ? ForwardChildren(run, 1)
        : subject.Model is { } model ? ForwardChildren(model, 1)
        : subject.Release is { } release ? Many(index.GroupsByRelease[release.Name], Leaf)
        : subject.Group is not null ? []
        : OfCommit(subject.Commit!);

    public List<LineageNode> BackwardOf(LineageSubject subject) =>
        subject.Run is { } run ? BackwardChildren(run, 1)
        : subject.Dataset is { } dataset ? Many(RunOf(dataset), maker => Backward(maker, 1))
        : subject.Model is { } model ? Many(RunOf(model), maker => Backward(maker, 1))
        : subject.Release is { } release ? Many(ModelsOf(release), version => Backward(version, 1))
        : subject.Group is { } group ? Many(index.Releases.Where(candidate => candidate.Name == group.Release), candidate => Node(
            LineageKind.Release, candidate.Name.ToString(), LineageFacts.Of(candidate), 1, () => Many(group.Service.Models, version => Backward(version, 2))))
        : [];

    private List<LineageNode> OfCommit(string commit) =>
    [
        .. Many(index.Runs.Values.Where(run => run.Commit.Commit == commit).OrderBy(run => run.StartedAt), run => Forward(run, 1)),
        .. Many(index.Releases.Where(release => release.Commit.Commit == commit).OrderBy(release => release.Name.Number), release => Forward(release, null, 1)),
    ];

    private LineageNode Forward(Run run, int depth) => Node(LineageKind.Run, run.Id.ToString(), LineageFacts.Of(run), depth, () => ForwardChildren(run, depth + 1));

    private List<LineageNode> ForwardChildren(Run run, int depth) =>
    [
        .. Many(index.RunsByInputRun[run.Id].OrderBy(consumer => consumer.StartedAt), consumer => Forward(consumer, depth)),
        .. Many(index.ModelsByRun[run.Id], model => Forward(model, depth)),
        .. Many(index.DatasetsByRun[run.Id], dataset => Node(
            LineageKind.DatasetVersion, dataset.Label, LineageFacts.Of(dataset), depth, () => Many(index.RunsByDataset[(dataset.Dataset, dataset.Artifact.Digest)], consumer => Forward(consumer, depth + 1)))),
    ];

    private LineageNode Forward(ModelVersion model, int depth) =>
        Node(LineageKind.ModelVersion, model.Label, LineageFacts.Of(model), depth, () => ForwardChildren(model, depth + 1));

    private List<LineageNode> ForwardChildren(ModelVersion model, int depth) =>
        Many(index.ReleasesByModel[model.Label].OrderBy(release => release.Name.Number), release => Forward(release, model, depth));

    // Of a release that a model reached only the server groups that run it were reached as well.
    private LineageNode Forward(Release release, ModelVersion? model, int depth) => Node(
        LineageKind.Release,
        release.Name.ToString(),
        LineageFacts.Of(release),
        depth,
        () => Many(index.GroupsByRelease[release.Name].Where(group => model is null || group.Service.Models.Any(used => used.Label == model.Label)), Leaf),
        model is null ? "" : $" of {model.Label}");

    private LineageNode Backward(ModelVersion model, int depth) =>
        Node(LineageKind.ModelVersion, model.Label, LineageFacts.Of(model), depth, () => Many(RunOf(model), run => Backward(run, depth + 1)));

    private LineageNode Backward(Run run, int depth) => Node(LineageKind.Run, run.Id.ToString(), LineageFacts.Of(run), depth, () => BackwardChildren(run, depth + 1));

    private List<LineageNode> BackwardChildren(Run run, int depth) =>
    [
        .. Many(run.Inputs.Select(DatasetOf).OfType<DatasetVersion>(), dataset => Node(LineageKind.DatasetVersion, dataset.Label, LineageFacts.Of(dataset), depth, () => Many(RunOf(dataset), maker => Backward(maker, depth + 1)))),
        .. Many(run.Inputs.Where(input => input.Run is not null).Select(input => input.Run!.Value).Distinct().Where(index.Runs.ContainsKey), id => Backward(index.Runs[id], depth)),
    ];

    private DatasetVersion? DatasetOf(RunInput input) => LineageIndex.DatasetOf(input) is { } key ? index.DatasetsByDigest.GetValueOrDefault(key) : null;

    /// <summary>The run of the query that made it, if one did.</summary>
    private IEnumerable<Run> RunOf(DatasetVersion dataset) => dataset.Run is { } id && index.Runs.TryGetValue(id, out var run) ? [run] : [];

    private IEnumerable<Run> RunOf(ModelVersion model) => index.Runs.TryGetValue(model.Run, out var run) ? [run] : [];

    private static IEnumerable<ModelVersion> ModelsOf(Release release) => release.Services.SelectMany(service => service.Models).DistinctBy(model => model.Label);

    private LineageNode Leaf(ServerGroup group) =>
        Node(LineageKind.ServerGroup, group.Name.ToString(), LineageFacts.Of(group, predictions.GetValueOrDefault(group.Name.ToString())), 0, () => []);

    // What is beyond the limit is left out; the node above says so.
    private List<LineageNode> Many<T>(IEnumerable<T> things, Func<T, LineageNode> node) => [.. things.TakeWhile(_ => told < options.Nodes).Select(node)];

    private LineageNode Node(LineageKind kind, string name, Dictionary<string, string> facts, int depth, Func<List<LineageNode>> below, string variant = "")
    {
        told++;
        if (!entered.Add($"{kind} {name}{variant}"))
            return new LineageNode { Kind = kind, Name = name, Facts = new Dictionary<string, string>(), IsRepeated = true };
        if (depth >= options.Depth)
            return new LineageNode { Kind = kind, Name = name, Facts = facts, IsCut = true };
        var children = below();
        return new LineageNode { Kind = kind, Name = name, Facts = facts, IsCut = told >= options.Nodes, Children = children };
    }
}
