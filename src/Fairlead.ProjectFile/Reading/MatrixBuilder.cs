using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Reads the axes of steps, and checks that what reads a step with a matrix says which of its variants it means.</summary>
internal static class MatrixBuilder
{
    /// <summary>Variants that one step, and all steps together, may have.</summary>
    public const int MostVariants = 100_000;

    /// <summary>Variants that all inputs with <c>[*]</c> together may read.</summary>
    public const int MostReadings = 2_000_000;

    /// <summary>The name of a variant is also that of a file, of which 255 bytes is what file systems take.</summary>
    private const int LongestVariant = 200;

    /// <returns>By name (ordinal).</returns>
    public static IReadOnlyList<MatrixAxis> Build(string step, YamlMap body, ProblemList problems)
    {
        var entries = body.Map(Keys.Matrix).Entries;
        var parameters = body.Map(Keys.Params).Entries.ToDictionary(entry => entry.Key.Value, entry => entry.Key.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries.Where(entry => parameters.ContainsKey(entry.Key.Value)))
            problems.Add(entry.Key.Place, $"axis '{entry.Key.Value}' of step '{step}' is also the parameter '{parameters[entry.Key.Value]}'; remove the parameter, or rename one of them");
        List<MatrixAxis> axes = [.. entries.Where(entry => ((YamlList)entry.Value).Items.Count > 0).Select(AxisOf).OrderBy(axis => axis.Name, StringComparer.Ordinal)];
        if (entries.Count == 0)
            return axes;
        var place = body.Find(Keys.Matrix)!.Key.Place;
        if (Count(axes) > MostVariants)
            problems.Add(place, $"the matrix of step '{step}' has more than {MostVariants} combinations; remove values");
        var longest = axes.Sum(axis => axis.Name.Length + 2 + axis.Values.Max(value => MatrixAxis.TextOf(value).Length)) - 1;
        if (longest > LongestVariant)
            problems.Add(place, $"the names of the variants of step '{step}' have up to {longest} characters, and {LongestVariant} at most are accepted; shorten names of axes or their values");
        return axes;
    }

    /// <summary>Checks every input that reads a step, once all steps are known.</summary>
    /// <param name="entries">Of the steps, in the same order.</param>
    public static void Check(IReadOnlyList<StepDefinition> steps, IReadOnlyList<YamlEntry> entries, ProblemList problems)
    {
        var byName = steps.ToDictionary(step => step.Name, StringComparer.Ordinal);
        var (variants, readings) = (0L, 0L);
        foreach (var (step, entry) in steps.Zip(entries))
        {
            variants += Count(step.Matrix);
            foreach (var input in ((YamlMap)entry.Value).Map(Keys.Inputs).Entries)
                readings += CheckInput(step, input, byName, problems);
            if (variants > MostVariants && step.Matrix.Count > 0 && Count(step.Matrix) <= MostVariants)
            {
                problems.Add(entry.Key.Place, $"the steps up to '{step.Name}' have more than {MostVariants} variants together; remove values of their matrices");
                return;
            }
        }

        if (readings > MostReadings)
            problems.Add(entries[0].Key.Place, $"the inputs with [*] read more than {MostReadings} variants together; collect them in fewer steps");
    }

    /// <summary>The step or the one variant that is named, its axes in their order.</summary>
    public static string One(string named, Place place, string subject, IReadOnlyList<StepDefinition> steps, ProblemList problems)
    {
        if (!StepReference.TryParse(named, out var reference))
            problems.Add(place, Malformed(named, subject));
        else if (steps.FirstOrDefault(step => step.Name == reference.Step) is { } target)
        {
            var bindings = reference.Bind([], target.Matrix, takesAll: false, out var problem);
            if (bindings?.FirstOrDefault(binding => binding.IsEvery) is { } every)
                problem = $"one variant must be meant, not every '{every.Axis.Name}'; write '{target.Name}[{every.Axis.Name}={MatrixAxis.TextOf(every.Axis.Values[0])}]'";
            if (problem is not null)
                problems.Add(place, $"{subject} refers to '{Quoted.Text(named)}': {problem}");
            else if (bindings!.Count > 0)
                return $"{target.Name}[{string.Join(',', bindings.Select(binding => $"{binding.Axis.Name}={binding.Value}"))}]";
        }

        return named;
    }

    private static long CheckInput(StepDefinition step, YamlEntry input, Dictionary<string, StepDefinition> byName, ProblemList problems)
    {
        var source = (YamlScalar)input.Value;
        var slash = source.Value.IndexOf('/', StringComparison.Ordinal);
        if (source.Value.StartsWith(References.DatasetPrefix, StringComparison.Ordinal) || slash < 0)
            return 0;
        var subject = $"input '{input.Key.Value}' of step '{step.Name}'";
        if (!StepReference.TryParse(source.Value[..slash], out var reference))
        {
            problems.Add(source.Place, Malformed(source.Value[..slash], subject));
            return 0;
        }

        if (!byName.TryGetValue(reference.Step, out var target))
            return 0;
        var bindings = reference.Bind(step.Matrix, target.Matrix, takesAll: false, out var problem);
        if (problem is not null)
            problems.Add(source.Place, $"{subject} refers to '{Quoted.Text(source.Value)}': {problem}");
        return bindings is null ? 0 : Count(step.Matrix) * Count(bindings.Where(binding => binding.IsEvery).Select(binding => binding.Axis));
    }

    private static string Malformed(string named, string subject) =>
        $"{subject} refers to '{Quoted.Text(named)}', whose brackets cannot be read; write AXIS=VALUE, AXIS=* or * in them, with commas between";

    private static MatrixAxis AxisOf(YamlEntry entry) =>
        new(entry.Key.Value, [.. ((YamlList)entry.Value).Items.Select(item => CoreSchema.ToJson((YamlScalar)item))]);

    /// <summary>Combinations; no more than a little above what is accepted, whatever the axes.</summary>
    private static long Count(IEnumerable<MatrixAxis> axes) =>
        axes.Aggregate(1L, (product, axis) => Math.Min(product * axis.Values.Count, MostReadings + 1L));
}
