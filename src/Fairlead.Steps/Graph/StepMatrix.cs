using System.Text.Json;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Graph;

/// <summary>Makes the variants of steps with a matrix, and binds their inputs to one another.</summary>
internal sealed class StepMatrix
{
    private readonly Dictionary<string, StepDefinition> families;

    /// <summary>The values of each variant of a family, each in the order of the family's axes.</summary>
    private readonly Dictionary<string, List<Variant>> variants = new(StringComparer.Ordinal);

    private StepMatrix(IReadOnlyList<StepDefinition> steps) => families = steps.ToDictionary(step => step.Name, StringComparer.Ordinal);

    /// <summary>The steps with each that has a matrix replaced by its variants, in file order and those in the order of their values.</summary>
    /// <param name="steps">As in the project file, which was checked.</param>
    public static IReadOnlyList<StepDefinition> Expand(IReadOnlyList<StepDefinition> steps)
    {
        if (steps.All(step => step.Matrix.Count == 0))
            return steps;
        var matrix = new StepMatrix(steps);
        return [.. steps.SelectMany(matrix.Expand)];
    }

    /// <summary>The names of the variants that are meant, or of the step itself.</summary>
    public static IEnumerable<string> NamesOf(StepDefinition family, IReadOnlyList<AxisBinding> bindings) =>
        family.Matrix.Count == 0
            ? [family.Name]
            : Combine([.. bindings.Select(binding => Values(binding.Axis, binding.Value))]).Select(values => NameOf(family, NameOf(family.Matrix, values)));

    private IEnumerable<StepDefinition> Expand(StepDefinition family) =>
        family.Matrix.Count == 0
            ? [family with { Inputs = [.. family.Inputs.Select(input => Bind(input, family, null))] }]
            : VariantsOf(family).Select(variant => ExpandVariant(family, variant));

    private StepDefinition ExpandVariant(StepDefinition family, Variant variant)
    {
        var parameters = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in family.Parameters)
            parameters.Add(name, value);
        for (var axis = 0; axis < family.Matrix.Count; axis++)
            parameters.Add(family.Matrix[axis].Name, variant.Values[axis]);
        return family with
        {
            Name = NameOf(family, variant.Name),
            Family = family.Name,
            Variant = variant.Name,
            Matrix = [],
            Parameters = parameters,
            Inputs = [.. family.Inputs.Select(input => Bind(input, family, variant))],
        };
    }

    /// <summary>Points an input to the variants that the reading variant means.</summary>
    private StepInput Bind(StepInput input, StepDefinition reader, Variant? variant)
    {
        if (input.Step is null || families[input.Family!] is not { Matrix.Count: > 0 } target)
            return input;
        if (!StepReference.TryParse(input.Step, out var reference) || reference.Bind(reader.Matrix, target.Matrix, takesAll: false, out _) is not { } bindings)
            throw new InvalidOperationException($"The input '{input.Name}' of '{reader.Name}' was not checked.");
        if (bindings.Any(binding => binding.IsEvery))
        {
            var axes = bindings.Select(binding => binding.IsEvery ? binding.Axis.Values : [ValueOf(binding, reader, variant)]).ToArray();
            var meant = Combine(axes).Select(values => NameOf(target.Matrix, values)).Select(name => new StepVariant(NameOf(target, name), name));
            return input with { FanIn = [.. meant] };
        }

        var one = NameOf(target.Matrix, [.. bindings.Select(binding => ValueOf(binding, reader, variant))]);
        return input with { Step = NameOf(target, one) };
    }

    private static JsonElement ValueOf(AxisBinding binding, StepDefinition reader, Variant? variant)
    {
        if (!binding.IsShared)
            return binding.Axis.Values.First(value => MatrixAxis.TextOf(value) == binding.Value);
        for (var axis = 0; axis < reader.Matrix.Count; axis++)
        {
            if (reader.Matrix[axis].Name == binding.Axis.Name)
                return variant!.Values[axis];
        }

        throw new InvalidOperationException($"'{reader.Name}' has no axis '{binding.Axis.Name}'.");
    }

    private List<Variant> VariantsOf(StepDefinition family)
    {
        if (!variants.TryGetValue(family.Name, out var known))
        {
            known = [.. Combine([.. family.Matrix.Select(axis => axis.Values)]).Select(values => new Variant(NameOf(family.Matrix, values), values))];
            variants.Add(family.Name, known);
        }

        return known;
    }

    private static IReadOnlyList<JsonElement> Values(MatrixAxis axis, string? value) =>
        value is null ? axis.Values : [.. axis.Values.Where(known => MatrixAxis.TextOf(known) == value)];

    /// <summary>Every combination, the last axis changing fastest.</summary>
    private static IEnumerable<JsonElement[]> Combine(IReadOnlyList<IReadOnlyList<JsonElement>> axes)
    {
        if (axes.Any(axis => axis.Count == 0))
            yield break;
        var positions = new int[axes.Count];
        while (true)
        {
            yield return [.. axes.Select((axis, index) => axis[positions[index]])];
            var last = axes.Count - 1;
            while (last >= 0 && ++positions[last] == axes[last].Count)
                positions[last--] = 0;
            if (last < 0)
                yield break;
        }
    }

    private static string NameOf(StepDefinition family, string variant) => $"{family.Name}[{variant}]";

    private static string NameOf(IReadOnlyList<MatrixAxis> axes, IReadOnlyList<JsonElement> values) =>
        string.Join(',', axes.Select((axis, index) => $"{axis.Name}={MatrixAxis.TextOf(values[index])}"));

    private sealed record Variant(string Name, JsonElement[] Values);
}
