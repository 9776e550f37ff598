namespace Fairlead.Domain.Pipelines.Triggers;

/// <summary>The seam to alerts.</summary>
public interface IFiringAlerts
{
    Task<IReadOnlyList<FiringAlert>> ListAsync(CancellationToken cancellationToken);
}
