using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Monitoring.Alerts;

namespace Fairlead.Roles.Triggers;

/// <summary>The alerts that fire now, for triggers.</summary>
internal sealed class FiringAlerts(AlertDesk desk) : IFiringAlerts
{
    public async Task<IReadOnlyList<FiringAlert>> ListAsync(CancellationToken cancellationToken)
    {
        var reports = await desk.ListAsync(cancellationToken);
        return [.. reports.SelectMany(report => report.States)
            .Where(state => state.Phase == AlertPhase.Firing)
            .Select(state => new FiringAlert(state.Rule, state.Target, state.FiredAt ?? state.EvaluatedAt, state.Value))];
    }
}
