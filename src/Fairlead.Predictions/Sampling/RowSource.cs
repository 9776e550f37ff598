using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Predictions.Sampling;

/// <summary>What rows are drawn from: a dataset, the output of a step, or recorded predictions. One of the three is set.</summary>
/// <param name="Step">With <paramref name="Output"/>.</param>
/// <param name="Where">The condition on recorded predictions; empty for all of them.</param>
internal sealed record RowSource(DatasetDefinition? Dataset, string? Step, string? Output, string? Where)
{
    private const string Predictions = "predictions";
    private const string DatasetPrefix = "dataset:";

    /// <summary>The condition when the text asks for recorded predictions, else null.</summary>
    public static string? ConditionOf(string data) =>
        data == Predictions ? ""
        : data.StartsWith(Predictions + ":", StringComparison.Ordinal) ? data[(Predictions.Length + 1)..]
        : null;

    /// <summary>
    /// Finds what is meant by <c>predictions</c>, <c>predictions:CONDITION</c>, <c>dataset:NAME</c>, <c>NAME</c>, <c>STEP/OUTPUT</c> or
    /// <c>NAME:PART</c>: the output whose name without extension is PART, of the step NAME or of the steps that take the dataset NAME.
    /// </summary>
    /// <exception cref="FairleadException">NotFound, with what there is; Invalid when several are meant.</exception>
    public static RowSource Find(ProjectDefinition project, string data)
    {
        if (ConditionOf(data) is { } condition)
            return new RowSource(null, null, null, condition);
        if (data.StartsWith(DatasetPrefix, StringComparison.Ordinal))
            return OfDataset(project, data[DatasetPrefix.Length..]);
        var slash = data.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0)
            return OfOutput(project, data, data[..slash], data[(slash + 1)..]);
        var colon = data.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? OfPart(project, data, data[..colon], data[(colon + 1)..]) : OfDataset(project, data);
    }

    private static RowSource OfDataset(ProjectDefinition project, string name) =>
        project.Datasets.FirstOrDefault(dataset => dataset.Name == name) is { } found
            ? new RowSource(found, null, null, null)
            : throw FairleadException.NotFound($"There is no dataset '{name}' to take rows from; {NearestName.Hint(name, [.. project.Datasets.Select(dataset => dataset.Name)])}");

    private static RowSource OfOutput(ProjectDefinition project, string data, string step, string output)
    {
        var known = OutputsOf(project.Steps);
        return known.Contains((step, output))
            ? new RowSource(null, step, output, null)
            : throw FairleadException.NotFound($"There is no output '{data}' to take rows from; {NearestName.Hint(data, [.. known.Select(Label)])}");
    }

    private static RowSource OfPart(ProjectDefinition project, string data, string name, string part)
    {
        var steps = project.Steps.Where(step => step.Name == name).ToList();
        if (steps.Count == 0)
            steps = [.. project.Steps.Where(step => step.Inputs.Any(input => input.Dataset == name))];
        var known = OutputsOf(steps);
        var meant = known.Where(output => Path.GetFileNameWithoutExtension(output.Output) == part).ToList();
        return meant.Count switch
        {
            1 => new RowSource(null, meant[0].Step, meant[0].Output, null),
            0 when known.Count == 0 => throw FairleadException.NotFound($"'{data}' names nothing to take rows from: no step is called '{name}', and none takes a dataset '{name}'."),
            0 => throw FairleadException.NotFound($"There is no '{part}' of '{name}' to take rows from; known: {string.Join(", ", known.Select(Label))}"),
            _ => throw FairleadException.Invalid($"'{data}' may be {string.Join(" or ", meant.Select(Label))}; name one of them."),
        };
    }

    private static List<(string Step, string Output)> OutputsOf(IEnumerable<StepDefinition> steps) =>
        [.. steps.SelectMany(step => step.Outputs.Select(output => (step.Name, output)))];

    private static string Label((string Step, string Output) output) => $"{output.Step}/{output.Output}";
}
