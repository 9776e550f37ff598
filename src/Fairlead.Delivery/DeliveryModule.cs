using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.Releases;
using Fairlead.Delivery.States;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Delivery;

/// <summary>Releases, deployments and the way back.</summary>
public static class DeliveryModule
{
    /// <summary>Adds <see cref="ReleaseMaker"/>, <see cref="Deployer"/>, <see cref="DesiredStates"/> and <see cref="HostReports"/>; the seams, a <see cref="TimeProvider"/> and logging come from elsewhere.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services) => services
        .AddSingleton<ReleaseMaker>()
        .AddSingleton<DesiredStates>()
        .AddSingleton<HostReports>()
        .AddSingleton<Deployer>();
}
