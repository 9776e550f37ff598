using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Pipelines.Activities;

/// <summary>What a stage does to server groups.</summary>
/// <param name="Kind">Of the stage.</param>
/// <param name="Groups">Empty for what is about a whole service.</param>
/// <param name="Services">That are touched; one at least.</param>
internal sealed record ServerGroupChange(string Kind, IReadOnlyList<ServerGroupName> Groups, IReadOnlyList<(string Environment, string Service)> Services, int Instances, string User)
{
    public const string Cutover = "cutover";
    public const string Disable = "disable";
    public const string Destroy = "destroy";
    public const string Resize = "resize";
    public const string Scale = "scale";

    /// <exception cref="FairleadException">Invalid: a name that is none.</exception>
    public static ServerGroupChange Of(JsonElement input)
    {
        IReadOnlyList<ServerGroupName> groups = input.TryGetProperty("groups", out var names) ? [.. names.EnumerateArray().Select(name => NameOf(name.GetString()!)).Distinct()] : [];
        IReadOnlyList<(string Environment, string Service)> services = input.TryGetProperty("service", out var service)
            ? [(input.GetProperty("environment").GetString()!, service.GetString()!)]
            : [.. groups.Select(group => (group.Environment, group.Service)).Distinct()];
        if (services.Count == 0)
            throw FairleadException.Invalid("No server group is named; name one at least, such as 'late-prod-v003'.");
        var kind = input.GetProperty("kind").GetString()!;
        if (kind == Cutover && services.Count < groups.Count)
            throw FairleadException.Invalid($"A cutover gives all traffic to one server group of a service; '{string.Join(", ", groups)}' are several of one.");
        return new ServerGroupChange(
            kind,
            groups,
            services,
            input.TryGetProperty("instances", out var instances) ? instances.GetInt32() : 0,
            input.GetProperty("user").GetString()!);
    }

    /// <exception cref="FairleadException">Invalid.</exception>
    public static ServerGroupName NameOf(string text) =>
        ServerGroupName.TryParse(text, out var name) ? name : throw FairleadException.Invalid($"'{text}' is no server group; write service-environment-vNNN, such as 'late-prod-v003'.");

    public static bool IsUsable(ServerGroup group) => group.Status is ServerGroupStatus.Enabled or ServerGroupStatus.Disabled;

    /// <summary>Null for a model, which has none.</summary>
    public static int? InstancesOf(ServerGroup group) => group.Service.Command is { } command ? group.Instances ?? command.Settings.Instances : null;
}
