using Fairlead.Domain.Runs;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Pages;

/// <summary>What a run read, with what that came from in turn: as much as is read on a page.</summary>
internal sealed class RunOrigin(IRunCatalog runs)
{
    private const int MostNodes = 60;
    private const int Deepest = 12;
    private readonly HashSet<RunId> told = [];
    private int nodes;

    public async Task<IReadOnlyList<TraceNodeView>> OfAsync(Run run, CancellationToken cancellationToken) => await OfAsync(run, 0, cancellationToken);

    private async Task<IReadOnlyList<TraceNodeView>> OfAsync(Run run, int depth, CancellationToken cancellationToken)
    {
        var found = new List<TraceNodeView>();
        foreach (var input in run.Inputs)
        {
            if (nodes++ >= MostNodes || depth >= Deepest)
            {
                found.Add(new TraceNodeView("and", $"{run.Inputs.Count - found.Count} more", null, [], []));
                return found;
            }

            found.Add(await OfAsync(input, depth, cancellationToken));
        }

        return found;
    }

    private async Task<TraceNodeView> OfAsync(RunInput input, int depth, CancellationToken cancellationToken)
    {
        var facts = new List<FactView> { new("as", input.Name), new("size", PageText.Bytes(input.Artifact.Size)) };
        if (input.Run is not { } id)
            return new TraceNodeView("dataset version", $"{input.Source[(input.Source.IndexOf(':', StringComparison.Ordinal) + 1)..]}{(input.DatasetNumber is { } number ? $"@{number}" : "")}", null, facts, []);
        var link = PagePaths.Run(id.ToString());
        if (!told.Add(id) || await runs.FindAsync(id, cancellationToken) is not { } maker)
            return new TraceNodeView("run", id.ToString(), link, facts, []);
        facts.AddRange(maker.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Take(3).Select(metric => new FactView(metric.Key, PageText.Number(metric.Value))));
        return new TraceNodeView("run", id.ToString(), link, facts, await OfAsync(maker, depth + 1, cancellationToken));
    }
}
