using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tracing;

/// <summary>Follows datasets, runs, models, releases, server groups and commits: back to what they were made from, and on to the predictions that they made.</summary>
public sealed class LineageTracer(
    PredictionQuery predictions, IServerGroupCatalog groups, IReleaseCatalog releases, IRunCatalog runs, IModelCatalog models, IDatasetCatalog datasets)
{
    /// <param name="subject">
    /// A dataset or model version (<c>customers@2</c> or its digest), a run (<c>train-3</c>), a release, a server group, or a commit (its first digits);
    /// with <c>dataset:</c>, <c>model:</c>, <c>run:</c>, <c>release:</c>, <c>group:</c> or <c>commit:</c> before it when it could be several.
    /// </param>
    /// <exception cref="FairleadException">NotFound: there is no such thing; Invalid: it can be several, or the depth is out of range.</exception>
    public async Task<Lineage> TraceAsync(string subject, LineageOptions options, CancellationToken cancellationToken)
    {
        if (options.Depth is < 1 or > LineageOptions.MaxDepth)
            throw FairleadException.Invalid($"The depth '{options.Depth}' is not accepted; expected 1 to {LineageOptions.MaxDepth}.");
        var index = await LineageIndex.ReadAsync(groups, releases, runs, models, datasets, cancellationToken).ConfigureAwait(false);
        var found = new LineageResolver(index).Resolve(subject);
        var counts = await new PredictionCounts(predictions).ReadAsync(cancellationToken).ConfigureAwait(false);
        return new Lineage
        {
            Kind = found.Kind,
            Name = found.Name,
            Facts = FactsOf(found, counts),
            Origin = new LineageWalk(index, options, counts).BackwardOf(found),
            Reached = new LineageWalk(index, options, counts).ForwardOf(found),
            Reach = ReachOf(index, found, counts),
        };
    }

    private static LineageReach ReachOf(LineageIndex index, LineageSubject subject, IReadOnlyDictionary<string, GroupPredictions> counts)
    {
        // All of it, however little of it is told.
        var all = new LineageWalk(index, new LineageOptions { Depth = int.MaxValue, Nodes = int.MaxValue }, counts).ForwardOf(subject);
        var names = new Dictionary<LineageKind, HashSet<string>>();
        var waiting = new Stack<LineageNode>(all);
        while (waiting.TryPop(out var node))
        {
            if (!names.TryGetValue(node.Kind, out var known))
                names.Add(node.Kind, known = new HashSet<string>(StringComparer.Ordinal));
            known.Add(node.Name);
            foreach (var child in node.Children)
                waiting.Push(child);
        }

        var reached = subject.Group is { } own ? [own] : index.Groups.Where(group => names.GetValueOrDefault(LineageKind.ServerGroup)?.Contains(group.Name.ToString()) == true).ToList();
        var answered = reached.Select(group => counts.GetValueOrDefault(group.Name.ToString())).OfType<GroupPredictions>().ToList();
        return new LineageReach(
            Count(LineageKind.Run),
            Count(LineageKind.ModelVersion),
            Count(LineageKind.Release),
            reached.Count,
            reached.Count(group => group.Status == ServerGroupStatus.Enabled),
            answered.Sum(some => some.Count),
            answered.Count == 0 ? null : answered.Min(some => some.First),
            answered.Count == 0 ? null : answered.Max(some => some.Last));

        int Count(LineageKind kind) => names.GetValueOrDefault(kind)?.Count ?? 0;
    }

    private static Dictionary<string, string> FactsOf(LineageSubject subject, IReadOnlyDictionary<string, GroupPredictions> counts) =>
        subject.Dataset is { } dataset ? LineageFacts.Of(dataset)
        : subject.Run is { } run ? LineageFacts.Of(run)
        : subject.Model is { } model ? LineageFacts.Of(model)
        : subject.Release is { } release ? LineageFacts.Of(release)
        : subject.Group is { } group ? LineageFacts.Of(group, counts.GetValueOrDefault(group.Name.ToString()))
        : new Dictionary<string, string>();
}
