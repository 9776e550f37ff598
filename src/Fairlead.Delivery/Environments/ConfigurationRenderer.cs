using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;

namespace Fairlead.Delivery.Environments;

/// <summary>
/// Lays an environment over the services of a release: the release's defaults, the environment with what it inherits, its values for the one service. The result is
/// held against what the release declares, before anything changes.
/// </summary>
internal sealed class ConfigurationRenderer(Release release, EnvironmentDefinition environment, ISecretIndex? secrets)
{
    private readonly List<string> problems = [];

    /// <param name="services">Those of the release that are meant.</param>
    public Rendering Render(IReadOnlyList<ReleasedService> services)
    {
        FindUnknown();
        return new Rendering([.. services.Select(Render)], [.. problems.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Of one service alone: what the environment says to others is left alone.</summary>
    public Rendering RenderOnly(ReleasedService service) => new([Render(service)], [.. problems.Distinct(StringComparer.Ordinal)]);

    /// <summary>The service as a server group has it, with values, references and instances in their places.</summary>
    public static ReleasedService Apply(ReleasedService service, GroupConfiguration configuration) => service with
    {
        Config = service.Config is not { } settings ? null : [.. settings.Select(setting => configuration.Config.TryGetValue(setting.Name, out var value) ? setting with { Value = value } : setting)],
        Command = service.Command is { } command ? command with { Settings = Apply(command.Settings, configuration) } : null,
    };

    private static CommandSettings Apply(CommandSettings settings, GroupConfiguration configuration) => settings with
    {
        Instances = configuration.Instances?.Desired ?? settings.Instances,
        MinInstances = configuration.Instances?.Min ?? settings.MinInstances,
        MaxInstances = configuration.Instances?.Max ?? settings.MaxInstances,
        Secrets = configuration.Secrets.Count == 0 ? null : configuration.Secrets.ToDictionary(pair => pair.Key, pair => pair.Value.Split('@')[0], StringComparer.Ordinal),
    };

    private RenderedService Render(ReleasedService service)
    {
        var configuration = new GroupConfiguration { Config = ConfigOf(service), Secrets = SecretsOf(service), Instances = InstancesOf(service) };
        return new RenderedService(Apply(service, configuration), configuration, Digest.Of(configuration.ToBytes()));
    }

    /// <summary>A value that nothing takes is a slip that would go unnoticed.</summary>
    private void FindUnknown()
    {
        if (environment.Config is not { } config)
            return;
        var known = release.Services.SelectMany(service => service.Config ?? []).Select(setting => setting.Name).Distinct(StringComparer.Ordinal).ToList();
        foreach (var name in config.Shared.Keys.Where(name => !known.Contains(name)))
            problems.Add($"'{environment.Name}' sets '{name}', which no service of release {release.Name} declares: remove it from the environment, or deploy a release that declares it ({NearestName.Hint(name, known)}).");
        foreach (var (service, name) in config.Services.SelectMany(pair => pair.Value.Keys.Select(name => (pair.Key, name))))
        {
            if (release.Services.FirstOrDefault(candidate => candidate.Name == service) is { } own && !(own.Config ?? []).Any(setting => setting.Name == name))
                problems.Add($"'{environment.Name}' sets '{name}' of service '{service}', which release {release.Name} does not declare: remove it from the environment, or deploy a release that declares it ({NearestName.Hint(name, [.. (own.Config ?? []).Select(setting => setting.Name)])}).");
        }
    }

    private SortedDictionary<string, JsonElement> ConfigOf(ReleasedService service)
    {
        var values = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var setting in service.Config ?? [])
        {
            var layers = Layers(service.Name, setting).ToList();
            if (layers.Count == 0)
            {
                problems.Add($"'{environment.Name}' gives no value to the setting '{setting.Name}' of service '{service.Name}', which has no default in release {release.Name}: add 'config: {{ {setting.Name}: … }}' to the environment.");
                continue;
            }

            var value = layers.Aggregate((JsonElement?)null, (lower, upper) => ConfigJson.Merge(lower, upper))!.Value;
            if (setting.Problem(value) is { } problem)
                problems.Add($"The setting '{setting.Name}' of service '{service.Name}' in '{environment.Name}' {problem} there, as release {release.Name} declares it.");
            values[setting.Name] = ConfigJson.Canonical(value);
        }

        return values;
    }

    /// <summary>The lowest first.</summary>
    private IEnumerable<JsonElement> Layers(string service, ConfigSetting setting)
    {
        if (setting.Default is { } fallback)
            yield return fallback;
        if (environment.Config is not { } config)
            yield break;
        if (config.Shared.TryGetValue(setting.Name, out var shared))
            yield return shared;
        if (config.Services.TryGetValue(service, out var own) && own.TryGetValue(setting.Name, out var single))
            yield return single;
    }

    /// <summary>The service's own, then the environment's for all, then the environment's for the one.</summary>
    private SortedDictionary<string, string> SecretsOf(ReleasedService service)
    {
        var references = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (service.Command is not { } command)
            return references;
        foreach (var (variable, text) in (command.Settings.Secrets ?? new Dictionary<string, string>())
            .Concat(environment.Secrets?.Shared ?? new Dictionary<string, string>())
            .Concat(environment.Secrets?.Services.GetValueOrDefault(service.Name) ?? new Dictionary<string, string>()))
            references[variable] = text;
        foreach (var (variable, text) in references.ToList())
        {
            if (!SecretReference.TryParse(text, out var reference) || reference.Kind != SecretKind.Kept || secrets is null)
                continue;
            if (secrets.FindVersion(reference.Target, environment.Name) is { } version)
                references[variable] = $"{reference}@{version}";
            else
                problems.Add($"There is no secret '{reference.Target}' for '{environment.Name}', which service '{service.Name}' wants in {variable}: set it with 'fairlead secret set {reference.Target} --environment {environment.Name}'.");
        }

        return references;
    }

    private InstanceBounds? InstancesOf(ReleasedService service)
    {
        if (service.Command is not { Settings: var settings } || environment.Instances?.GetValueOrDefault(service.Name) is not { } own)
            return null;
        var (least, most, wanted) = (own.Min ?? settings.MinInstances ?? 1, own.Max ?? settings.MaxInstances ?? int.MaxValue, own.Desired ?? settings.Instances);
        if (wanted < least || wanted > most)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"'{environment.Name}' wants {wanted} instances of '{service.Name}', out of the bounds of {least} to {(most == int.MaxValue ? "any number" : most)}: change 'instances' of the environment."));
        return own;
    }
}
