using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;

namespace Fairlead.Web.Security;

/// <summary>What an environment gives to a service is told to those who may see that environment.</summary>
internal static class ConfigurationSight
{
    public static ServerGroup Of(ServerGroup group, Principal principal) => principal.Has(Role.Viewer, group.Name.Environment) ? group : group with
    {
        Service = group.Service with
        {
            Config = null,
            Command = group.Service.Command is not { } command ? null : command with { Settings = command.Settings with { Secrets = null } },
        },
    };
}
