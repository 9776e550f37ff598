using Fairlead.Domain.Pipelines.Triggers;

namespace Fairlead.Triggers.Tests.Support;

/// <summary>Alerts that a test lets fire.</summary>
internal sealed class FixedAlerts : IFiringAlerts
{
    public IReadOnlyList<FiringAlert> Firing { get; set; } = [];

    public Task<IReadOnlyList<FiringAlert>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(Firing);
}
