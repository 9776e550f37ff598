using System.Globalization;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Services;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes numbers of instances out of a checked number or map, and reports bounds that contradict one another.</summary>
internal static class InstancesBuilder
{
    /// <param name="node">A number, which is the desired one, or bounds.</param>
    public static InstanceBounds Build(YamlNode? node) => node switch
    {
        YamlMap map => new InstanceBounds { Min = Number(map, Keys.Min), Max = Number(map, Keys.Max), Desired = Number(map, Keys.Desired) },
        YamlScalar scalar => new InstanceBounds { Desired = int.Parse(scalar.Value, CultureInfo.InvariantCulture) },
        _ => new InstanceBounds(),
    };

    /// <summary>An environment's over those of the service.</summary>
    public static InstanceBounds Over(CommandSettings declared, InstanceBounds own) => new()
    {
        Min = own.Min ?? declared.MinInstances,
        Max = own.Max ?? declared.MaxInstances,
        Desired = own.Desired ?? declared.Instances,
    };

    public static void Check(InstanceBounds bounds, Place place, string subject, ProblemList problems)
    {
        if (bounds is { Min: { } least, Max: { } most } && least > most)
            problems.Add(place, $"{subject} has '{Keys.Min}: {least}' above '{Keys.Max}: {most}'; make one fit the other");
        else if (bounds.Desired < bounds.Min || bounds.Desired > bounds.Max)
            problems.Add(place, $"{subject} has {bounds.Desired} instances, out of its bounds of {bounds.Min ?? 1} to {bounds.Max?.ToString(CultureInfo.InvariantCulture) ?? "any number"}; change '{Keys.Desired}' or a bound");
    }

    private static int? Number(YamlMap map, string key) => map.Text(key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
