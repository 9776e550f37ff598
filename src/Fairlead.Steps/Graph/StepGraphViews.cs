using Fairlead.Domain.Projects;
using Fairlead.Steps.Forecasting;

namespace Fairlead.Steps.Graph;

/// <summary>Makes the picture of a graph out of its steps and of what running them would do.</summary>
internal static class StepGraphViews
{
    private const string DatasetPrefix = "dataset:";

    /// <param name="steps">Each after what it needs.</param>
    /// <param name="forecasts">In the same order.</param>
    /// <param name="fold">Whether the variants of a matrix are one node; null: where there are many steps.</param>
    public static StepGraphView Of(IReadOnlyList<StepDefinition> steps, IReadOnlyList<StepForecast> forecasts, bool? fold)
    {
        var folds = fold ?? steps.Count > StepGraphView.MostSingle;
        var families = steps.ToDictionary(step => step.Name, step => step.Family, StringComparer.Ordinal);
        var datasets = steps.SelectMany(step => step.Inputs).Select(input => input.Dataset).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(name => new StepGraphNode { Name = DatasetPrefix + name, Steps = 0 });
        var nodes = steps.Zip(forecasts).GroupBy(pair => NodeOf(pair.First.Name), StringComparer.Ordinal).Select(group => Node(group.Key, [.. group.Select(pair => pair.Second)]));
        var edges = steps
            .SelectMany(step => step.Inputs.SelectMany(input => SourcesOf(input).Distinct(StringComparer.Ordinal).Select(source => (From: source, To: NodeOf(step.Name), input.Name))))
            .GroupBy(edge => (edge.From, edge.To))
            .Select(group => new StepGraphEdge(group.Key.From, group.Key.To, string.Join(", ", group.Select(edge => edge.Name).Distinct(StringComparer.Ordinal))));
        return new StepGraphView([.. datasets, .. nodes], [.. edges]);

        string NodeOf(string step) => folds ? families[step] : step;

        IEnumerable<string> SourcesOf(StepInput input) =>
            input.Dataset is { } dataset ? [DatasetPrefix + dataset]
            : folds ? [input.Family!]
            : input.FanIn.Count > 0 ? input.FanIn.Select(variant => variant.Step)
            : [input.Step!];
    }

    private static StepGraphNode Node(string name, IReadOnlyList<StepForecast> forecasts) => new()
    {
        Name = name,
        Steps = forecasts.Count,
        Cached = forecasts.Count(forecast => forecast.Fate == StepFate.Cached),
        Stale = forecasts.Count(forecast => forecast.Fate is StepFate.Execute or StepFate.Depends),
        Unwanted = forecasts.Count(forecast => forecast.Fate == StepFate.Unwanted),
        Run = forecasts.Where(forecast => forecast.Run is not null).MaxBy(forecast => forecast.Run!.Id.Number)?.Run?.Id.ToString(),
        Reason = forecasts.FirstOrDefault(forecast => forecast.Fate is StepFate.Execute or StepFate.Depends)?.Reason,
    };
}
