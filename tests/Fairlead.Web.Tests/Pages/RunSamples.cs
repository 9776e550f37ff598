using Fairlead.Domain.Runs;
using Fairlead.Steps.Comparison;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

/// <summary>Runs with all that can be said of them.</summary>
internal static class RunSamples
{
    public static readonly MetricCurve Loss = new() { Name = "loss", Measured = 3, Steps = [1, 2, 3], Values = [0.9, 0.4, 0.35] };

    public static Run Annotated(int number) => PageSamples.Run("train", number) with
    {
        Variant = "customer=acme",
        Remarks = [PageSamples.Hostile],
        Annotations = new RunAnnotations
        {
            Tags = [new RunTag("fast", "ann", PageSamples.Now)],
            Notes = [new RunNote(PageSamples.Hostile, PageSamples.Hostile, PageSamples.Now)],
            Verdict = RebuildOutcome.Different,
            IsUnsteady = true,
        },
    };

    public static RunView Run() => RunView.Of(Annotated(2), "epoch 1\nepoch 2\n", isLogCut: false, PageSamples.Now) with
    {
        CanChange = true,
        Why = PageSamples.Hostile,
        Curves = CurveView.Of([("train-2", [Loss, Loss with { Name = PageSamples.Hostile, Steps = [1], Values = [double.MaxValue] }])]),
        Origin = [new TraceNodeView("run", "split-1", "/runs/split-1", [new FactView("as", "train")], [new TraceNodeView("dataset version", "flights@1", null, [], [])])],
    };

    public static RunsView Runs()
    {
        Run[] runs = [Annotated(3) with { Parameters = new Dictionary<string, System.Text.Json.JsonElement>() }, PageSamples.Run("train", 2)];
        var columns = RunColumn.Of(runs);
        return new RunsView { Where = PageSamples.Hostile, Sort = "-metrics.auc", Columns = columns, Rows = [.. runs.Select(run => RunListRow.Of(run, columns, PageSamples.Now))], Limit = 2 };
    }

    public static RunComparisonView Comparison()
    {
        Run[] runs = [PageSamples.Run("train", 2), Annotated(3)];
        return RunComparisonView.Of(
            new RunComparison
            {
                Runs = runs,
                Parameters = [new ComparedValue("l2", ["0.1", PageSamples.Hostile])],
                Metrics = [new ComparedMetric("auc", [0.5, 0.75], [1]), new ComparedMetric("rows", [null, 3], [])],
                Inputs = [new ComparedValue("train", ["same", "same"])],
                Code = [new ComparedValue("train.py", [null, PageSamples.Artifact("x").Digest.ToString()])],
                Surroundings = [],
                Outputs = [],
                Explanations = [new RunExplanation { Run = runs[1].Id, Before = runs[0].Id, Summary = PageSamples.Hostile }],
            },
            [[Loss], [Loss with { Values = [0.8, 0.3, 0.2] }]]);
    }
}
