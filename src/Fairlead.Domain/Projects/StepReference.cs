using System.Diagnostics.CodeAnalysis;

namespace Fairlead.Domain.Projects;

/// <summary>A step as it is named where variants of a matrix may be picked: <c>train</c>, <c>train[customer=acme]</c>, <c>train[factors=*]</c>, <c>train[*]</c>.</summary>
/// <param name="Step">The name in the project file.</param>
/// <param name="Picks">By axis: a value, or <see cref="Every"/>.</param>
/// <param name="TakesRest">Whether a <c>*</c> stands for every value of the axes that nothing else decides.</param>
public sealed record StepReference(string Step, IReadOnlyDictionary<string, string> Picks, bool TakesRest)
{
    public const string Every = "*";

    /// <summary>Whether one variant or none is meant, whatever the matrix.</summary>
    public bool IsPlain => Picks.Count == 0 && !TakesRest;

    /// <summary>False when the brackets do not hold <c>AXIS=VALUE</c>, <c>AXIS=*</c> or <c>*</c>, separated by commas, no axis twice.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out StepReference? reference)
    {
        reference = null;
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
        {
            reference = new StepReference(text, new Dictionary<string, string>(), TakesRest: false);
            return text.Length > 0;
        }

        if (bracket == 0 || text[^1] != ']')
            return false;
        var picks = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var rest = false;
        foreach (var item in text[(bracket + 1)..^1].Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = item.IndexOf('=', StringComparison.Ordinal);
            if (item == Every)
                rest = true;
            else if (equals < 1 || equals == item.Length - 1 || !picks.TryAdd(item[..equals], item[(equals + 1)..]))
                return false;
        }

        reference = new StepReference(text[..bracket], picks, rest);
        return true;
    }

    /// <summary>Decides for each axis of the named step which of its values are meant, seen from a step with axes of its own.</summary>
    /// <param name="own">Axes of the step that reads; empty for a person or a step without a matrix.</param>
    /// <param name="target">Axes of the named step.</param>
    /// <param name="takesAll">Whether an axis that nothing decides means all of its values, as for a person who names steps to run.</param>
    /// <returns>In the order of <paramref name="target"/>; null with a problem.</returns>
    public IReadOnlyList<AxisBinding>? Bind(IReadOnlyList<MatrixAxis> own, IReadOnlyList<MatrixAxis> target, bool takesAll, out string? problem)
    {
        problem = Picks.Keys.FirstOrDefault(axis => target.All(known => known.Name != axis)) is { } unknown
            ? target.Count == 0
                ? $"step '{Step}' has no matrix to pick '{unknown}' from; write '{Step}'"
                : $"the matrix of step '{Step}' has no axis '{unknown}'; {Problems.NearestName.Hint(unknown, [.. target.Select(axis => axis.Name)])}"
            : TakesRest && target.Count == 0 ? $"step '{Step}' has no matrix for '*' to mean; write '{Step}'" : null;
        var bindings = new List<AxisBinding>(target.Count);
        foreach (var axis in target)
            bindings.Add(BindAxis(axis, own, takesAll, ref problem));
        return problem is null ? bindings : null;
    }

    private AxisBinding BindAxis(MatrixAxis axis, IReadOnlyList<MatrixAxis> own, bool takesAll, ref string? problem)
    {
        if (Picks.TryGetValue(axis.Name, out var picked))
        {
            if (picked != Every && axis.Values.All(value => MatrixAxis.TextOf(value) != picked))
                problem ??= $"the axis '{axis.Name}' of step '{Step}' has no value '{picked}'; {Problems.NearestName.Hint(picked, [.. axis.Values.Select(MatrixAxis.TextOf)])}";
            return new AxisBinding(axis, picked == Every ? null : picked, IsShared: false);
        }

        if (own.FirstOrDefault(mine => mine.Name == axis.Name) is { } shared)
        {
            var known = axis.Values.Select(MatrixAxis.TextOf).ToHashSet(StringComparer.Ordinal);
            if (shared.Values.Select(MatrixAxis.TextOf).FirstOrDefault(value => !known.Contains(value)) is { } missing)
                problem ??= $"the axis '{axis.Name}' has the value '{missing}' here and not in step '{Step}'; give both the same values, or pick one with '{Step}[{axis.Name}=…]'";
            return new AxisBinding(axis, null, IsShared: true);
        }

        if (!TakesRest && !takesAll)
            problem ??= $"step '{Step}' has variants by '{axis.Name}', of which one must be meant; write '{Step}[{axis.Name}={MatrixAxis.TextOf(axis.Values[0])}]' for one, or '{Step}[*]' for all of them";
        return new AxisBinding(axis, null, IsShared: false);
    }
}
