using Fairlead.Steps.Graph;

namespace Fairlead.Web.Tests.Pages;

/// <summary>A graph with all that one can hold.</summary>
internal static class StepSamples
{
    public static StepGraphView Graph() => new(
        [
            new StepGraphNode { Name = "dataset:rows", Steps = 0 },
            new StepGraphNode { Name = "split", Steps = 1, Cached = 1, Run = "split-4" },
            new StepGraphNode { Name = "train", Steps = 3, Cached = 1, Stale = 1, Unwanted = 1, Run = "train-9", Reason = "param:l2 0.1 > 0.2" },
            new StepGraphNode { Name = "publish", Steps = 1, Unwanted = 1 },
        ],
        [new StepGraphEdge("dataset:rows", "split", "rows"), new StepGraphEdge("split", "train", "train"), new StepGraphEdge("train", "publish", "models")]);
}
