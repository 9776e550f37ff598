using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Environments;
using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.Releases;
using Fairlead.Delivery.Rollouts;
using Fairlead.Delivery.States;
using Fairlead.Domain.Deployments;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Delivery;

/// <summary>Releases, deployments and the way back.</summary>
public static class DeliveryModule
{
    /// <summary>Adds <see cref="ReleaseMaker"/>, <see cref="Deployer"/>, <see cref="RolloutDesk"/>, <see cref="EnvironmentDesk"/>, <see cref="ServerGroupDesk"/>, <see cref="DesiredStates"/> and <see cref="HostReports"/>; the seams, a <see cref="TimeProvider"/> and logging come from elsewhere.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services) => services
        .AddSingleton<ReleaseMaker>()
        .AddSingleton<DesiredStates>()
        .AddSingleton<HostReports>()
        .AddSingleton<EnvironmentConfigurations>()
        .AddSingleton<EnvironmentDesk>()
        .AddSingleton<RolloutDesk>()
        .AddSingleton<IRollouts>(services => services.GetRequiredService<RolloutDesk>())
        .AddSingleton<ServerGroupDesk>()
        .AddSingleton<Deployer>();
}
