using System.Text.Json;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;

namespace Fairlead.Delivery.Tests.Environments;

/// <summary>A release of a model and a command with settings, and environments that give values to them.</summary>
internal static class Configured
{
    public static readonly ConfigSetting Threshold = new("threshold", ConfigType.Number) { Default = Json("0.5"), Minimum = 0, Maximum = 1 };

    public static readonly ConfigSetting Weights = new("weights", ConfigType.Map) { Default = Json("""{"a":1,"b":2.0}""") };

    public static readonly ConfigSetting Most = new("most", ConfigType.Integer);

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    public static ReleasedService Model(int version = 1, params ConfigSetting[] settings) => Samples.Service("late", version) with { Config = settings.Length == 0 ? [Threshold, Weights] : settings };

    public static ReleasedService Command(int? least = null, int? most = null, params (string Variable, string Reference)[] secrets) => new()
    {
        Name = "page",
        Config = [Threshold],
        Command = new ReleasedCommand
        {
            Command = "serve",
            Code = Samples.Blob("code"),
            Protocol = ServiceProtocol.Http,
            Health = new HealthCheck(),
            Settings = new CommandSettings { Instances = 2, MinInstances = least, MaxInstances = most, Secrets = secrets.Length == 0 ? null : secrets.ToDictionary(secret => secret.Variable, secret => secret.Reference) },
        },
    };

    public static Release Release(int number, params ReleasedService[] services) => Samples.Release(new ReleaseName(number)) with { Services = services };

    public static EnvironmentDefinition Environment(string name, params (string Key, string Json)[] config) => new(name)
    {
        Config = config.Length == 0 ? null : new ServiceOverlay<JsonElement>(
            config.Where(pair => !pair.Key.Contains('.', StringComparison.Ordinal)).ToDictionary(pair => pair.Key, pair => Json(pair.Json)),
            config.Where(pair => pair.Key.Contains('.', StringComparison.Ordinal)).GroupBy(pair => pair.Key.Split('.')[0]).ToDictionary(
                service => service.Key, service => (IReadOnlyDictionary<string, JsonElement>)service.ToDictionary(pair => pair.Key.Split('.')[1], pair => Json(pair.Json)))),
    };

    public static EnvironmentDefinition WithSecrets(this EnvironmentDefinition environment, params (string Key, string Reference)[] secrets) => environment with
    {
        Secrets = new ServiceOverlay<string>(
            secrets.Where(pair => !pair.Key.Contains('.', StringComparison.Ordinal)).ToDictionary(pair => pair.Key, pair => pair.Reference),
            secrets.Where(pair => pair.Key.Contains('.', StringComparison.Ordinal)).GroupBy(pair => pair.Key.Split('.')[0]).ToDictionary(
                service => service.Key, service => (IReadOnlyDictionary<string, string>)service.ToDictionary(pair => pair.Key.Split('.')[1], pair => pair.Reference))),
    };

    /// <summary>Values of a service by name.</summary>
    public static string ValuesOf(ReleasedService service) =>
        string.Join(" ", (service.Config ?? []).Select(setting => $"{setting.Name}={(setting.Effective is { } value ? ConfigJson.Text(value) : "-")}"));

    public static void SetEnvironments(this World world, params EnvironmentDefinition[] environments) =>
        world.Workspace.Snapshot = world.Workspace.Snapshot with { Project = world.Workspace.Snapshot.Project with { Environments = environments } };

    public static Digest DigestOf(string json) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(json));
}
