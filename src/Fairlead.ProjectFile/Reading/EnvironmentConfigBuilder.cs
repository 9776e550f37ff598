using System.Text.Json;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes what an environment gives to services, and reports what none of them knows or takes.</summary>
internal sealed class EnvironmentConfigBuilder(IReadOnlyList<ServiceDefinition> services, ProblemList problems)
{
    private readonly Dictionary<string, ServiceDefinition> byName = services.DistinctBy(service => service.Name).ToDictionary(service => service.Name, StringComparer.Ordinal);
    private readonly ILookup<string, ConfigSetting> settings = services.SelectMany(service => service.Config).ToLookup(setting => setting.Name, StringComparer.Ordinal);

    /// <summary>Null when there is nothing.</summary>
    public ServiceOverlay<JsonElement>? BuildConfig(string environment, YamlMap config)
    {
        var shared = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        var single = new SortedDictionary<string, IReadOnlyDictionary<string, JsonElement>>(StringComparer.Ordinal);
        foreach (var entry in config.Entries)
        {
            var name = entry.Key.Value;
            if (byName.TryGetValue(name, out var service))
                single[name] = BuildConfigOf(environment, service, entry.Value);
            else if (!settings.Contains(name))
                problems.Add(entry.Key.Place, $"'{Keys.Config}' of environment '{environment}' sets '{name}', which no service declares; {NearestName.Hint(name, [.. settings.Select(known => known.Key).Union(byName.Keys)])}");
            else
                shared[name] = Value(entry, settings[name], $"'{name}' in '{Keys.Config}' of environment '{environment}'");
        }

        return config.Entries.Count == 0 ? null : new ServiceOverlay<JsonElement>(shared, single);
    }

    /// <summary>Null when there is nothing.</summary>
    public ServiceOverlay<string>? BuildSecrets(string environment, YamlMap secrets)
    {
        var shared = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var single = new SortedDictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var entry in secrets.Entries)
        {
            if (entry.Value is not YamlMap own)
                shared[entry.Key.Value] = ((YamlScalar)entry.Value).Value;
            else if (IsCommand(entry.Key, $"'{Keys.Secrets}' of environment '{environment}'", "has no environment variables"))
                single[entry.Key.Value] = new SortedDictionary<string, string>(own.Entries.ToDictionary(secret => secret.Key.Value, secret => ((YamlScalar)secret.Value).Value), StringComparer.Ordinal);
        }

        return secrets.Entries.Count == 0 ? null : new ServiceOverlay<string>(shared, single);
    }

    /// <summary>Null when there is nothing.</summary>
    public IReadOnlyDictionary<string, InstanceBounds>? BuildInstances(string environment, YamlMap instances)
    {
        var bounds = new SortedDictionary<string, InstanceBounds>(StringComparer.Ordinal);
        foreach (var entry in instances.Entries)
        {
            var subject = $"'{Keys.Instances}' of environment '{environment}'";
            if (!IsCommand(entry.Key, subject, "has no instances"))
                continue;
            var own = InstancesBuilder.Build(entry.Value);
            bounds[entry.Key.Value] = own;
            var declared = byName[entry.Key.Value].Command!.Settings;
            InstancesBuilder.Check(InstancesBuilder.Over(declared, own), entry.Key.Place, $"'{entry.Key.Value}' in {subject}", problems);
        }

        return bounds.Count == 0 ? null : bounds;
    }

    private SortedDictionary<string, JsonElement> BuildConfigOf(string environment, ServiceDefinition service, YamlNode node)
    {
        var values = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        if (node is not YamlMap map)
        {
            problems.Add(node.Place, $"'{service.Name}' in '{Keys.Config}' of environment '{environment}' is a service and must be a map of its settings, not {node.Kind}");
            return values;
        }

        foreach (var entry in map.Entries)
        {
            var name = entry.Key.Value;
            var known = service.Config.Where(setting => setting.Name == name).ToList();
            if (known.Count == 0)
                problems.Add(entry.Key.Place, $"'{Keys.Config}' of environment '{environment}' sets '{Quoted.Text(name)}' of service '{service.Name}', which does not declare it; {NearestName.Hint(Quoted.Text(name), [.. service.Config.Select(setting => setting.Name)])}");
            else
                values[name] = Value(entry, known, $"'{name}' for '{service.Name}' in '{Keys.Config}' of environment '{environment}'");
        }

        return values;
    }

    /// <summary>What is merged into a map has the type of it; bounds that a default satisfies are seen when it is deployed.</summary>
    private JsonElement Value(YamlEntry entry, IEnumerable<ConfigSetting> declared, string subject)
    {
        var value = YamlJson.Element(entry.Value);
        foreach (var setting in declared)
        {
            if (setting.Problem(value) is { } problem)
                problems.Add(entry.Value.Place, $"{subject} {problem}");
        }

        return value;
    }

    private bool IsCommand(YamlScalar name, string subject, string lack)
    {
        if (byName.TryGetValue(name.Value, out var service) && service.Command is not null)
            return true;
        problems.Add(name.Place, service is null
            ? $"{subject} refers to service '{Quoted.Text(name.Value)}', which is not declared; {NearestName.Hint(Quoted.Text(name.Value), byName.Keys)}"
            : $"{subject} names '{name.Value}', which is no command and {lack}; remove it");
        return false;
    }
}
