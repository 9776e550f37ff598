using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Sweeps.Orders;

/// <summary>The names of an order, resolved against the steps of a graph: which step is tried, and which metric of which step is judged.</summary>
/// <param name="Judged">The step whose metric is the objective.</param>
internal sealed record SweepTarget(StepDefinition Tried, StepDefinition Judged, string Metric)
{
    /// <summary>Names of the tried and of the judged step, before there is a graph.</summary>
    /// <param name="file">The steps as in the project file.</param>
    /// <exception cref="FairleadException">NotFound: an unknown step, with the nearest name.</exception>
    public static IReadOnlyList<string> NamesIn(SweepOrder order, IReadOnlyList<StepDefinition> file)
    {
        var known = file.Select(step => step.Name).ToHashSet(StringComparer.Ordinal);
        if (!known.Contains(FamilyOf(order.Step)))
            throw FairleadException.NotFound($"There is no step '{order.Step}'; {NearestName.Hint(order.Step, known)}");
        return Split(order.Objective, known) is { } judged ? [order.Step, judged.Step] : [order.Step];
    }

    /// <param name="steps">The graph.</param>
    /// <exception cref="FairleadException">NotFound, Invalid: what means nothing there, with the nearest name.</exception>
    public static SweepTarget Of(SweepOrder order, IReadOnlyList<StepDefinition> steps)
    {
        var tried = Find(steps, order.Step);
        var (judged, metric) = Split(order.Objective, Families(steps)) is { } split ? (Find(steps, split.Step), split.Tail) : (tried, order.Objective);
        var head = order.Objective.Split('.')[0];
        if (judged == tried && metric.Contains('.') && metric == order.Objective && (tried.Metrics is null || NearestName.Of(head, Names(steps)) is not null))
            throw FairleadException.NotFound($"There is no step '{head}' as in '{order.Objective}'; {NearestName.Hint(head, Names(steps))}");
        if (judged.Metrics is null)
            throw FairleadException.Invalid($"The step '{judged.Name}' declares no `metrics`, so that '{order.Objective}' has no value; name the file that it writes by `metrics:` in the project file, or judge another step.");
        return metric.Length > 0
            ? new SweepTarget(tried, judged, metric)
            : throw FairleadException.Invalid($"'{order.Objective}' names no metric; write it as STEP.METRIC, such as '{judged.Name}.loss'.");
    }

    /// <summary>Whose parameter a label means: that of the tried step, or of the step before its dot.</summary>
    /// <exception cref="FairleadException">NotFound.</exception>
    public static (StepDefinition Step, string Name, JsonElement Present) FindParameter(string label, StepDefinition tried, IReadOnlyList<StepDefinition> steps)
    {
        if (tried.Parameters.TryGetValue(label, out var own))
            return (tried, label, own);
        if (Split(label, Families(steps)) is not { } split)
            throw FairleadException.NotFound($"The step '{tried.Name}' has no parameter '{label}'; {Hint(label, tried)}");
        var step = Find(steps, split.Step);
        return step.Parameters.TryGetValue(split.Tail, out var value)
            ? (step, split.Tail, value)
            : throw FairleadException.NotFound($"The step '{step.Name}' has no parameter '{split.Tail}'; {Hint(split.Tail, step)}");
    }

    private static string Hint(string name, StepDefinition step) =>
        NearestName.Of(name, step.Parameters.Keys) is { } nearest
            ? $"did you mean '{nearest}'?"
            : $"what is tried has to be one of its `params` in the project file ({(step.Parameters.Count == 0 ? "it has none" : string.Join(", ", step.Parameters.Keys))}).";

    /// <summary>A step before a dot, which may be a variant, in whose brackets dots mean nothing.</summary>
    /// <param name="families">Names of steps as in the project file.</param>
    private static (string Step, string Tail)? Split(string text, IReadOnlySet<string> families)
    {
        var open = text.IndexOfAny(['.', '[']);
        if (open < 0 || !families.Contains(text[..open]))
            return null;
        var end = text[open] == '[' ? text.IndexOf("].", open, StringComparison.Ordinal) + 1 : open;
        return end > 0 ? (text[..end], text[(end + 1)..]) : null;
    }

    private static HashSet<string> Families(IReadOnlyList<StepDefinition> steps) => steps.Select(step => step.Family).ToHashSet(StringComparer.Ordinal);

    private static string FamilyOf(string name) => name.Split('[')[0];

    private static StepDefinition Find(IReadOnlyList<StepDefinition> steps, string name)
    {
        if (steps.FirstOrDefault(step => step.Name == name) is { } found)
            return found;
        var variants = steps.Where(step => step.Family == FamilyOf(name)).ToList();
        throw variants.Count == 0
            ? FairleadException.NotFound($"There is no step '{name}'; {NearestName.Hint(name, Names(steps))}")
            : FairleadException.Invalid($"The step '{name}' has {variants.Count} variants; name one of them, such as '{variants[0].Name}'.");
    }

    private static string[] Names(IReadOnlyList<StepDefinition> steps) => [.. steps.Select(step => step.Name)];
}
