using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>
/// Lays environments over those that they extend: maps merge, anything else replaces what was inherited, and an empty value takes it away. Inside the value of a
/// setting an empty value stays, as it takes something away from the release's default.
/// </summary>
internal sealed class EnvironmentOverlays
{
    private const int MaxDepth = 8;
    private const int MaxValues = 1_000_000;
    private readonly Dictionary<string, YamlEntry> environments;
    private readonly References references;
    private readonly ProblemList problems;
    private readonly HashSet<string> inCircle = new(StringComparer.Ordinal);
    private int merged;

    public EnvironmentOverlays(YamlMap environments, References references, ProblemList problems)
    {
        this.references = references;
        this.problems = problems;
        this.environments = environments.Entries.ToDictionary(entry => entry.Key.Value, StringComparer.Ordinal);
    }

    public EffectiveEnvironment Of(string name)
    {
        var body = new YamlMap(environments[name].Value.Place, []);
        var origins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var layer in merged > MaxValues ? [name] : Layers(name))
            body = Lay(body, layer, isOwn: layer == name, origins);
        var values = new List<EnvironmentValue>();
        Flatten(body, "", name, origins, values);
        var order = EnvironmentRules.Environment.KnownNames.Select((key, index) => (key, index)).ToDictionary(pair => pair.key, pair => pair.index, StringComparer.Ordinal);
        return new EffectiveEnvironment(body, [.. values.OrderBy(value => order.GetValueOrDefault(value.Key.Split('.')[0])).ThenBy(value => value.Key, StringComparer.Ordinal)]);
    }

    /// <summary>The environments that it is made of, the one that extends nobody first; nothing but itself where that has no end.</summary>
    private List<string> Layers(string name)
    {
        var path = new List<string> { name };
        while (((YamlMap)environments[path[^1]].Value).Scalar(Keys.Extends) is { } extends)
        {
            if (path.Count == 1)
                references.Environment(extends, $"environment '{name}'");
            if (!environments.ContainsKey(extends.Value))
                break;
            if (path.IndexOf(extends.Value) is var first and >= 0)
            {
                ReportCircle(path[first..], extends.Place);
                return [name];
            }

            if (path.Count == MaxDepth)
            {
                problems.Add(extends.Place, $"environment '{name}' extends others more than {MaxDepth - 1} deep; make the chain shorter");
                return [name];
            }

            path.Add(extends.Value);
        }

        path.Reverse();
        return path;
    }

    private void ReportCircle(List<string> circle, Place place)
    {
        if (circle.Exists(inCircle.Contains))
            return;
        inCircle.UnionWith(circle);
        problems.Add(place, $"environments extend one another in a circle ({string.Join(" > ", circle.Append(circle[0]).Select(name => $"'{name}'"))}); remove an '{Keys.Extends}'");
    }

    private YamlMap Lay(YamlMap lower, string name, bool isOwn, Dictionary<string, string> origins)
    {
        var upper = (YamlMap)environments[name].Value;
        if (!isOwn)
            upper = upper with { Entries = [.. upper.Entries.Where(entry => !EnvironmentRules.Own.Contains(entry.Key.Value))] };
        return Merge(WithoutOtherStrategy(lower, upper), upper, "", name, origins);
    }

    /// <summary>Another strategy is not made of what the inherited one was.</summary>
    private static YamlMap WithoutOtherStrategy(YamlMap lower, YamlMap upper)
    {
        if (upper.Text(Keys.Strategy) is not { } word || word == lower.Text(Keys.Strategy))
            return lower;
        StrategyKind? kind = StrategyWords.TryParse(word, out var known) ? known : null;
        return lower with { Entries = [.. lower.Entries.Where(entry => !DeliveryRules.KindsOf.TryGetValue(entry.Key.Value, out var kinds) || (kind is { } one && kinds.Contains(one)))] };
    }

    private YamlMap Merge(YamlMap lower, YamlMap upper, string path, string name, Dictionary<string, string> origins)
    {
        if ((merged += lower.Entries.Count + upper.Entries.Count) > MaxValues)
        {
            problems.Add(upper.Place, $"environments inherit more than {MaxValues} values in all; let fewer of them extend others, or make the configurations smaller");
            return upper;
        }

        var entries = lower.Entries.ToDictionary(entry => entry.Key.Value, StringComparer.Ordinal);
        foreach (var entry in upper.Entries)
        {
            var key = entry.Key.Value;
            var below = path.Length == 0 ? key : $"{path}.{key}";
            if (entry.Value is YamlScalar { IsNull: true } && !IsInsideValue(path))
                Remove(entries, entry, below, name);
            else if (entry.Value is YamlMap map)
                entries[key] = entry with { Value = Merge(entries.GetValueOrDefault(key)?.Value as YamlMap ?? new YamlMap(map.Place, []), map, below, name, origins) };
            else
                entries[key] = entry;
            origins[below] = name;
        }

        return upper with { Entries = [.. entries.Values] };
    }

    private void Remove(Dictionary<string, YamlEntry> entries, YamlEntry entry, string path, string name)
    {
        if (entries.Remove(entry.Key.Value))
            return;
        var isEmptyAnyway = EnvironmentRules.Environment.Find(path)?.Shape is RemovableShape { Value: ListShape or MapShape or ObjectShape };
        if (!isEmptyAnyway)
            problems.Add(entry.Value.Place, $"'{Quoted.Text(path)}' of environment '{name}' has no value, and there is none to inherit that it would take away; give it one, or remove it");
    }

    /// <summary>Below the name of a setting: of all services, or of one.</summary>
    private bool IsInsideValue(string path)
    {
        var parts = path.Split('.', 4);
        return parts[0] == Keys.Config && parts.Length > (parts.Length > 1 && references.HasService(parts[1]) ? 2 : 1);
    }

    private static void Flatten(YamlMap map, string path, string name, Dictionary<string, string> origins, List<EnvironmentValue> values)
    {
        foreach (var entry in map.Entries)
        {
            var below = path.Length == 0 ? entry.Key.Value : $"{path}.{entry.Key.Value}";
            if (entry.Value is YamlMap { Entries.Count: > 0 } inner)
                Flatten(inner, below, name, origins, values);
            else if (entry.Value is not YamlMap || below.StartsWith($"{Keys.Config}.", StringComparison.Ordinal))
                values.Add(new EnvironmentValue(below, YamlJson.Element(entry.Value), origins.GetValueOrDefault(below, name)));
        }
    }
}
