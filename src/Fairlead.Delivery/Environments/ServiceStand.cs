using System.Globalization;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Environments;

/// <summary>How a service stands, as texts by key, so that two of them can be compared.</summary>
internal static class ServiceStand
{
    /// <param name="secrets">References by variable, with versions where they are known.</param>
    public static SortedDictionary<string, string> Of(ReleaseName release, ReleasedService service, IReadOnlyDictionary<string, string> secrets)
    {
        var stand = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Key(service, "release")] = release.ToString(),
            [Key(service, service.Command is null ? "serves" : "command")] = service.Label,
        };
        foreach (var setting in (service.Config ?? []).Where(setting => setting.Effective is not null))
            stand[Key(service, $"config.{setting.Name}")] = ConfigJson.Text(setting.Effective!.Value);
        foreach (var (variable, reference) in secrets)
            stand[Key(service, $"secrets.{variable}")] = reference;
        if (service.Command is { } command)
        {
            stand[Key(service, "code")] = command.Code.Digest.ToString();
            stand[Key(service, "instances")] = InstancesOf(command);
            if (command.Contract is { } contract)
                stand[Key(service, "contract")] = contract.Descriptors.Digest.ToString();
        }

        return stand;
    }

    public static string Key(ReleasedService service, string what) => $"{service.Name}.{what}";

    /// <summary>Groups of one service with their shares.</summary>
    public static string Traffic(IEnumerable<ServerGroup> groups) =>
        string.Join(", ", groups.OrderBy(group => group.Name.Number).Select(group => group.Weight == Weight.All ? group.Name.ToString() : $"{group.Name} {group.Weight}"));

    private static string InstancesOf(ReleasedCommand command)
    {
        var settings = command.Settings;
        var most = settings.MaxInstances?.ToString(CultureInfo.InvariantCulture);
        return settings.MinInstances is null && most is null
            ? settings.Instances.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{settings.Instances} ({settings.MinInstances ?? 1} to {most ?? "any number"})");
    }
}
